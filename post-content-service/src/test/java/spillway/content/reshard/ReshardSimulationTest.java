package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Invariant I5 under thousands of schedules, and proof that each guard is needed: without it, some schedule goes wrong.
 * {@code -Dspillway.simulations=10000} tries more; a seed is replayed with {@link #runs}.
 */
class ReshardSimulationTest {

    private static final int SEEDS = Integer.getInteger("spillway.simulations", 2_000);

    /** What went wrong, if anything did. */
    private static @Nullable String runs(long seed, Mutant mutant) {
        try {
            new Simulation(seed, mutant).run();
            return null;
        } catch (Violation e) {
            return "seed " + seed + ": " + e.getMessage();
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private static Optional<String> wrong(Mutant mutant) {
        return LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> runs(seed, mutant))
                .filter(Objects::nonNull)
                .findAny();
    }

    @Test
    void nothingIsLost_whateverInterleavesAndDies() {
        assertThat(wrong(Mutant.NONE)).isEmpty();
    }

    /** Otherwise the rest would not mean much. */
    @Test
    void theRuns_finishRollBackHaltAndBeginAgain() {
        Set<MoveState> ends = EnumSet.noneOf(MoveState.class);
        int halts = 0;
        long moves = 0;
        int runs = 100;
        for (long seed = 0; seed < runs; seed++) {
            Simulation simulation = new Simulation(seed, Mutant.NONE);
            simulation.run();
            ends.add(simulation.end());
            halts += simulation.halts();
            moves += simulation.moves();
        }
        assertThat(ends).containsExactlyInAnyOrder(MoveState.DONE, MoveState.ROLLED_BACK);
        assertThat(halts).isPositive();
        assertThat(moves).isGreaterThan(runs);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void withoutOneOfTheGuards_aScheduleShowsIt(Mutant mutant) {
        assertThat(wrong(mutant)).isPresent();
    }
}
