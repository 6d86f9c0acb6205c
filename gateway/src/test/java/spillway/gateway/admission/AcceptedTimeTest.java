package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AcceptedTimeTest {

    private static final double TICK = 0.1;
    private static final Offset<Double> ABOUT = Offset.offset(0.001);

    private final AcceptedTime time = new AcceptedTime(Duration.ofMillis(100));

    private void took(int requests, int millis) {
        for (int i = 0; i < requests; i++) {
            time.took(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private double tick() {
        return time.takePressure(TICK, null);
    }

    @Test
    void pressure_isTheMedianOverItsGoal() {
        for (int i = 0; i < 11; i++) {
            took(1, 100 + 20 * i);
        }

        assertThat(tick()).isCloseTo(2, ABOUT);
    }

    @Test
    void lessThanHalfOfThem_howeverSlow_areTheTroubleOfOneShard() {
        took(6, 50);
        took(5, 30_000);

        assertThat(tick()).isCloseTo(0.5, ABOUT);
    }

    @Test
    void burst_isBelieved_onceItIsMostOfTheLastFew() {
        took(100, 10);
        tick();
        took(7, 400);
        assertThat(tick()).isCloseTo(0.1, ABOUT);

        took(1, 400);
        assertThat(tick()).isCloseTo(4, ABOUT);
    }

    @Test
    void itsEnd_isBelievedAsSoon() {
        took(100, 400);
        assertThat(tick()).isCloseTo(4, ABOUT);

        took(8, 10);
        assertThat(tick()).isCloseTo(0.1, ABOUT);
    }

    @Test
    void aFewASecond_areNoMeasure() {
        took(4, 300);
        assertThat(tick()).isZero();
        took(1, 300);
        assertThat(tick()).isCloseTo(3, ABOUT);

        for (int i = 0; i < 10; i++) {
            tick();
        }
        assertThat(tick()).isZero();
    }

    @Test
    void theTimeInTheStore_isLeftOut() {
        took(5, 80);

        assertThat(time.takePressure(TICK, 30.0)).isCloseTo(0.5, ABOUT);
        assertThat(time.takePressure(TICK, 90.0)).isZero();
    }
}
