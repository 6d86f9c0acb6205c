package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Book;
import spillway.load.plan.Curve;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;

class RecoveryTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);
    private static final List<PhaseResult> PHASES = List.of(
            result(Phase.warmUp("warm-up", Duration.ofSeconds(2), 100), 200),
            result(new Phase("before", Duration.ofSeconds(2), 100), 200),
            result(Phase.surge("trigger", Duration.ofSeconds(2), new Curve.Flat(1_000)), 600),
            result(new Phase("after", Duration.ofSeconds(6), 100), 500));

    private static PhaseResult result(Phase phase, long accepted) {
        Book book = new Book(accepted, accepted, 0, 0, 0, 0);
        return new PhaseResult(phase, accepted, 0, Map.of(TrafficClass.LIKES, book), Map.of(), NONE);
    }

    /** Accepted second by second, the surge being the fifth and sixth. */
    private static List<Second> series(long... accepted) {
        List<Second> series = new ArrayList<>();
        for (int i = 0; i < accepted.length; i++) {
            String phase = i < 2 ? "warm-up" : i < 4 ? "before" : i < 6 ? "trigger" : "after";
            Book book = new Book(accepted[i], accepted[i], 0, 0, 0, 0);
            series.add(new Second(i + 1, 1, phase, book, 0, NONE, NONE, 0, NONE));
        }
        return series;
    }

    @Test
    void acceptedAgainAsBefore_isRecoveredWhenThreeSecondsAreOnAverage() {
        Recovery recovery = Recovery.of(PHASES, series(100, 100, 100, 100, 300, 300, 10, 50, 94, 96, 100, 100))
                .orElseThrow();

        assertThat(recovery).isEqualTo(new Recovery(100, 300, OptionalDouble.of(2)));
    }

    @Test
    void oneGoodSecond_isNoRecovery() {
        assertThat(Recovery.of(PHASES, series(100, 100, 100, 100, 300, 300, 10, 100, 20, 20, 100, 20)))
                .hasValueSatisfying(recovery -> assertThat(recovery.seconds()).isEmpty());
    }

    @Test
    void systemThatNeverSuffered_recoversAtOnce() {
        long[] accepted = new long[12];
        Arrays.fill(accepted, 100);

        assertThat(Recovery.of(PHASES, series(accepted)))
                .hasValueSatisfying(recovery -> assertThat(recovery.seconds()).hasValue(0));
    }

    @Test
    void shapeWithoutSurge_hasNothingToRecoverFrom() {
        assertThat(Recovery.of(PHASES.subList(0, 2), series(100, 100, 100, 100)))
                .isEmpty();
    }
}
