package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Restarts restarts =
            new Restarts(3, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(3), nanos::get);

    @Test
    void pausesDouble_upToTheLongest() {
        assertThat(restarts.next("redis")).contains(Duration.ofSeconds(1));
        assertThat(restarts.next("redis")).contains(Duration.ofSeconds(2));
        assertThat(restarts.next("redis")).contains(Duration.ofSeconds(3));
    }

    @Test
    void theFourthWithinTenMinutes_isNotGranted() {
        threeRestartsOf("redis");

        assertThat(restarts.next("redis")).isEmpty();
        assertThat(restarts.of("redis")).isEqualTo(3);
    }

    @Test
    void afterTenQuietMinutes_itBeginsAgainWithTheShortestPause() {
        threeRestartsOf("redis");

        nanos.addAndGet(Duration.ofMinutes(11).toNanos());

        assertThat(restarts.next("redis")).contains(Duration.ofSeconds(1));
        assertThat(restarts.of("redis")).isEqualTo(4);
    }

    @Test
    void oneComponentsDeaths_areNotHeldAgainstAnother() {
        threeRestartsOf("redis");

        assertThat(restarts.next("kafka")).contains(Duration.ofSeconds(1));
    }

    private void threeRestartsOf(String component) {
        for (int i = 0; i < 3; i++) {
            restarts.next(component);
        }
    }
}
