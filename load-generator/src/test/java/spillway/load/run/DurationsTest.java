package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final long MILLI = 1_000_000;

    private final Durations durations = new Durations();

    @Test
    void anInterval_isWhatCameSinceTheLast() {
        durations.record(MILLI);
        durations.record(2 * MILLI);
        assertThat(durations.interval().getTotalCount()).isEqualTo(2);

        durations.record(3 * MILLI);
        assertThat(durations.interval().getTotalCount()).isEqualTo(1);
        assertThat(durations.interval().getTotalCount()).isZero();
    }

    @Test
    void lookingAtTheWhole_takesNothingFromTheNextInterval() {
        durations.record(MILLI);

        assertThat(durations.whole().count()).isEqualTo(1);
        assertThat(durations.interval().getTotalCount()).isEqualTo(1);
        assertThat(durations.whole().max()).isBetween(1.0, 1.01);
    }

    @Test
    void whatIsLongerThanAnHour_isAnHour() {
        durations.record(Long.MAX_VALUE);
        durations.record(-5);

        assertThat(durations.whole().max()).isBetween(3_600_000.0, 3_610_000.0);
        assertThat(durations.whole().p50()).isZero();
    }
}
