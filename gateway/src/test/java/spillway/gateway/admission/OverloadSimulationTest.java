package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.FixedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.gateway.ledger.TrafficClass;

/** The level against a model of what is behind: likes queue for a log that applies so many per second, and views with them. */
class OverloadSimulationTest {

    private static final AdmissionRules RULES = TestRules.defaults();
    private static final Duration TICK = Duration.ofMillis(100);
    private static final double CAPACITY = 10_000;
    private static final int PER_SECOND = 10;

    private final Random random = new Random(7);
    private final List<Double> levels = new ArrayList<>();
    private final List<Double> ages = new ArrayList<>();
    private double backlog;
    private double goodput;
    private long now;
    private final Admission admission =
            new Admission(RULES, (limits, most) -> FixedLimit.of(1_000), () -> now, () -> random);

    @Test
    void steadyLoadBelowCapacity_shedsNothing() {
        run(60, 0.9);

        assertThat(levels).allMatch(level -> level == 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 4, 10, 12})
    void burst_keepsCapacityBusy_doesNotOscillate_andIsForgottenWithinSeconds(double times) {
        run(10, 0.5);
        run(120, times);
        List<Double> settled = levels.subList(70 * PER_SECOND, 130 * PER_SECOND);
        double busy = goodput;

        assertThat(max(settled) - min(settled))
                .as("levels from %s to %s", min(settled), max(settled))
                .isLessThan(0.35);
        assertThat(busy / (CAPACITY * 120)).as("goodput").isGreaterThan(0.95);
        assertThat(max(ages.subList(10 * PER_SECOND, 130 * PER_SECOND)))
                .as("the oldest like, in goals")
                .isLessThan(4);

        run(30, 0.5);
        List<Double> after = levels.subList(138 * PER_SECOND, levels.size());
        assertThat(max(after)).isZero();
    }

    @Test
    void burst_raisesTheLevelWithin300Millis_onceItsPressureIsKnown() {
        admission.metrics().hear(TestRules.INSTANCE, signals(20));
        for (int tick = 0; tick < 3; tick++) {
            admission.tick(TICK, RULES.goals());
        }

        assertThat(admission.level()).isGreaterThan(1);
    }

    /** A lane that refuses what is over its capacity, seen one tick later, instead of a backlog. */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 4, 12})
    void refusalsOfALane_raiseALevelThatStays(double times) {
        Level level = new Level();
        Measures measures = new Measures(RULES.ladder());
        double refused = 0;
        for (int tick = 0; tick < 60 * PER_SECOND; tick++) {
            double at = level.now();
            double offered = times
                    * (0.6 / measures.weight(at) + 0.4 * (1 - measures.refused(TrafficClass.LIKE, at)))
                    * (0.95 + 0.1 * random.nextDouble());
            refused += 0.3 * (Math.max(0, 1 - 1 / Math.max(offered, 0.01)) - refused);
            level.tick(
                    1.0 / PER_SECOND,
                    new Level.Pressure(0, refused / RULES.goals().refused(), 0));
            levels.add(level.now());
        }
        List<Double> settled = levels.subList(20 * PER_SECOND, 60 * PER_SECOND);

        assertThat(max(settled) - min(settled))
                .as("levels from %s to %s", min(settled), max(settled))
                .isLessThan(0.35);
    }

    private void run(int seconds, double times) {
        goodput = 0;
        double heard = 0;
        for (int tick = 0; tick < seconds * PER_SECOND; tick++) {
            now += TICK.toNanos();
            double arriving = times * CAPACITY / PER_SECOND;
            Measures measures = new Measures(RULES.ladder());
            double level = admission.level();
            // Of what arrives, 60 % are views and 40 % likes.
            double admitted =
                    arriving * (0.6 / measures.weight(level) + 0.4 * (1 - measures.refused(TrafficClass.LIKE, level)));
            admitted *= 0.95 + 0.1 * random.nextDouble();
            double applied = Math.min(backlog + admitted, CAPACITY / PER_SECOND);
            backlog += admitted - applied;
            goodput += applied;
            double age = backlog / CAPACITY;
            if (tick % 2 == 0) {
                // What is heard was measured at the poll before.
                admission.metrics().hear(TestRules.INSTANCE, signals(heard));
                heard = age;
            }
            admission.tick(TICK, RULES.goals());
            levels.add(admission.level());
            ages.add(age / RULES.goals().oldestLike().toSeconds());
        }
    }

    private Signals signals(double ageSeconds) {
        return new Signals(null, ageSeconds * 1_000, backlog, CAPACITY, null, null, null);
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(value -> value).max().orElseThrow();
    }

    private static double min(List<Double> values) {
        return values.stream().mapToDouble(value -> value).min().orElseThrow();
    }
}
