package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pauses_growAndAreBounded() {
        assertThat(Backoff.afterRefusal("k", 0, null)).isLessThan(Duration.ofMillis(400));
        assertThat(Backoff.afterRefusal("k", 4, null)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Backoff.afterRefusal("k", 1_000, null)).isLessThan(Duration.ofMillis(7_500));
        assertThat(Backoff.whileNotReady("k", 1_000)).isLessThan(Duration.ofMillis(750));
    }

    @Test
    void whatTheAnswerAsksFor_isWaited() {
        assertThat(Backoff.afterRefusal("k", 0, Duration.ofSeconds(7))).isGreaterThan(Duration.ofSeconds(7));
    }

    @Test
    void operationsRefusedTogether_returnApart() {
        long instants = IntStream.range(0, 100)
                .mapToObj(key -> Backoff.afterRefusal("run-" + key, 3, null))
                .distinct()
                .count();

        assertThat(instants).isGreaterThan(50);
    }
}
