package spillway.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrivals follow their shape: counted in slices, they are what its curve says. */
class ShapeTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aRamp_risesInAStraightLine() {
        long[] perSecond = arrivals(Shape.ramp(1_000, 4, MINUTE));

        assertThat(perSecond[0]).isCloseTo(1_025, within(150L));
        assertThat(perSecond[30]).isCloseTo(2_525, within(200L));
        assertThat(perSecond[59]).isCloseTo(3_975, within(250L));
    }

    @Test
    void aSine_beginsLowAndPeaksThreeTimes() {
        long[] perSecond = arrivals(Shape.sine(1_000, 3, MINUTE));

        assertThat(perSecond[0]).isCloseTo(1_000, within(150L));
        assertThat(perSecond[10]).isCloseTo(3_000, within(200L));
        assertThat(perSecond[20]).isCloseTo(1_000, within(150L));
        assertThat(perSecond[50]).isCloseTo(3_000, within(200L));
    }

    @Test
    void aSpike_isATenthOfTheTime() {
        long[] perSecond = arrivals(Shape.spike(100, 8, MINUTE));

        assertThat(perSecond[26]).isCloseTo(100, within(50L));
        assertThat(perSecond[27]).isCloseTo(800, within(120L));
        assertThat(perSecond[32]).isCloseTo(800, within(120L));
        assertThat(perSecond[33]).isCloseTo(100, within(50L));
    }

    @Test
    void steps_areOfEqualHeight() {
        assertThat(Shape.step(100, 4, MINUTE).phases())
                .extracting(Phase::rate)
                .containsExactly(100.0, 200.0, 300.0, 400.0);
    }

    @ParameterizedTest
    @EnumSource
    void everyPhase_bringsItsMeanRate(Preset preset) {
        Shape shape = preset.shape(2_000, preset.peak(), MINUTE);
        double expected = shape.phases().stream()
                .mapToDouble(phase -> phase.rate() * phase.length().toNanos() / SECOND)
                .sum();

        assertThat(Arrays.stream(arrivals(shape)).sum() / expected).isCloseTo(1, within(0.02));
    }

    @Test
    void aWarmUpOfNoLength_isNone() {
        Shape shape = Shape.steady(10, MINUTE);

        assertThat(shape.warmedUp(Duration.ZERO, 10)).isEqualTo(shape);
    }

    private static long[] arrivals(Shape shape) {
        long[] perSecond = new long[61];
        Arrivals arrivals = new Arrivals(shape.phases(), new SplittableRandom(11));
        for (long at = arrivals.next(); at >= 0; at = arrivals.next()) {
            perSecond[(int) (at / SECOND)]++;
        }
        return perSecond;
    }
}
