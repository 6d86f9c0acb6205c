package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AcceptedTimeTest {

    private static final double TICK = 0.1;
    private static final Offset<Double> ABOUT = Offset.offset(0.05);

    private final AcceptedTime time = new AcceptedTime(Duration.ofMillis(100));

    private double pressure;

    /** So many requests, of so many milliseconds each, end before each tick. */
    private void pass(int ticks, int every, int millis) {
        for (int tick = 1; tick <= ticks; tick++) {
            if (tick % every == 0) {
                time.took(TimeUnit.MILLISECONDS.toNanos(millis));
            }
            pressure = time.takePressure(TICK, null);
        }
    }

    private void took(int requests, int millis) {
        for (int i = 0; i < requests; i++) {
            time.took(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void manyASecond_areTheirMean() {
        for (int tick = 0; tick < 50; tick++) {
            for (int i = 0; i < 10; i++) {
                time.took(TimeUnit.MILLISECONDS.toNanos(100 + 20 * i));
            }
            pressure = time.takePressure(TICK, null);
        }

        assertThat(pressure).isCloseTo(1.9, ABOUT);
    }

    @Test
    void theMoreEnd_theSoonerTheyAreBelieved() {
        took(5, 400);
        double ofFew = time.takePressure(TICK, null);
        took(50, 400);
        double ofMany = time.takePressure(TICK, null);

        assertThat(ofFew).isBetween(1.0, 1.3);
        assertThat(ofMany).isBetween(3.3, 4.0);
    }

    @Test
    void tenASecond_countAsMuch_forWhereAllIsSlowFewEnd() {
        pass(300, 1, 300);

        assertThat(pressure).isCloseTo(3, ABOUT);
    }

    @Test
    void aFewASecond_areNoMeasure() {
        pass(300, 4, 300);

        assertThat(pressure).isZero();
    }

    @Test
    void whatWasKnown_isForgotten_whenNothingEndsAnyMore_andLearnedAgain() {
        pass(300, 1, 300);

        pass(12, 1_000, 0);
        assertThat(pressure).isZero();

        pass(300, 1, 300);
        assertThat(pressure).isCloseTo(3, ABOUT);
    }

    @Test
    void theTimeInTheStore_isLeftOut() {
        took(5, 80);

        assertThat(time.takePressure(TICK, 90.0)).isZero();
    }
}
