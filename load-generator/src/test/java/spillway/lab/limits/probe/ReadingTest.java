package spillway.lab.limits.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import spillway.lab.stack.Part;

class ReadingTest {

    @Test
    void theRate_isTheMedianSlice_notTheMean() {
        Reading reading = Reading.of(new double[] {900, 100, 1_000}, Map.of(), 0);

        assertThat(reading.rate()).isEqualTo(900);
        assertThat(reading.lowest()).isEqualTo(100);
        assertThat(reading.highest()).isEqualTo(1_000);
    }

    @Test
    void ofAnEvenNumberOfSlices_theRateLiesInTheMiddle() {
        assertThat(Reading.of(new double[] {4, 1, 2, 10}, Map.of(), 0).rate()).isEqualTo(3);
    }

    @Test
    void theSpread_isHalfTheDistanceOfTheExtremes() {
        assertThat(new Reading(100, 90, 120, Map.of(), 0).spread()).isEqualTo(0.15, Offset.offset(1e-9));
    }

    @Test
    void whatServersCost_isAddedUp() {
        Reading reading = new Reading(1, 1, 1, Map.of(Part.GATEWAY, 100.0, Part.METRICS, 50.0), 0);

        assertThat(reading.serverCpuMicros()).isEqualTo(150);
    }

    @Test
    void aRateOfNothing_isNoReading() {
        assertThatThrownBy(() -> Reading.of(new double[] {0, 0, 0}, Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
