package spillway.platform.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreTimeTest {

    private long now;
    private final StoreTime time = new StoreTime(Duration.ofSeconds(3), () -> now);

    private void callOf(long millis) {
        StoreTime.Call call = time.begin();
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        time.end(call);
    }

    @Test
    void whatWasNeverCalled_isNotKnown() {
        assertThat(time.millis()).isNull();
    }

    @Test
    void whatCallsTook_isKnown_andForgottenAfterAWhile() {
        callOf(20);
        assertThat(time.millis()).isEqualTo(20);

        now += TimeUnit.SECONDS.toNanos(9);
        assertThat(time.millis()).isEqualTo(20);
        now += 1;
        assertThat(time.millis()).isNull();
    }

    @Test
    void aStoreThatBecomesSlow_isSeenWithinItsMemory() {
        for (int i = 0; i < 1_000; i++) {
            callOf(2);
        }
        assertThat(time.millis()).isCloseTo(2, within(0.01));

        for (int i = 0; i < 30; i++) {
            callOf(200);
        }
        assertThat(time.millis()).isGreaterThan(150);
    }

    @Test
    void aCallThatDoesNotEnd_takesAsLongAsItHasTaken() {
        callOf(1);
        StoreTime.Call hanging = time.begin();
        now += TimeUnit.SECONDS.toNanos(30);
        assertThat(time.millis()).isEqualTo(30_000);

        time.end(hanging);
        time.end(hanging);
        callOf(1);
        assertThat(time.millis()).isLessThan(30_000);
    }
}
