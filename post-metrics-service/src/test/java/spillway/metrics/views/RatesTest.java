package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.Rates.Rate;

class RatesTest {

    private final Rates rates = new Rates(Duration.ofSeconds(10));

    private Rate at(long second, long total) {
        return rates.note(1, total, TimeUnit.SECONDS.toNanos(second));
    }

    @Test
    void aRate_isTakenOverTheWholeWindow() {
        assertThat(at(0, 500)).isEqualTo(new Rate(0, false));
        assertThat(at(1, 600)).isEqualTo(new Rate(10, false));
        assertThat(at(10, 1_500)).isEqualTo(new Rate(100, true));
        assertThat(at(20, 1_500)).isEqualTo(new Rate(0, true));
    }

    @Test
    void whatTheWindowHasPassed_doesNotCount() {
        for (int second = 0; second <= 5; second++) {
            at(second, 1_000L * second);
        }
        assertThat(at(12, 5_000)).isEqualTo(new Rate(300, true));
    }

    @Test
    void aTotalThatFell_beginsAnew() {
        at(0, 500);
        at(10, 600);
        assertThat(at(11, 5)).isEqualTo(new Rate(0, false));
        assertThat(at(12, 15)).isEqualTo(new Rate(1, false));
    }

    @Test
    void keysThatAreNotRetained_areForgotten() {
        at(0, 500);
        rates.retain(Set.of());
        assertThat(at(10, 600)).isEqualTo(new Rate(0, false));
    }
}
