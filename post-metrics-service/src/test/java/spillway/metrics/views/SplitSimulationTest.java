package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.Views.Gathered;

/**
 * Several instances write, read, split and merge one post while their steps and answers interleave in any order, and some
 * die between two steps. A read never shows less than was taken before it began, nor more than was taken when it ended; when
 * all is over, the sum is what was taken.
 */
class SplitSimulationTest {

    private static final long POST = 7;
    private static final int SEEDS = 20_000;

    /** What is left out or turned round. */
    enum Mutant {
        NONE,
        ANNOUNCE_AFTER_THE_FIRST_WRITE,
        MERGE_WITHOUT_SEAL,
        MERGE_WITHOUT_COMPARING,
        SEAL_IS_FORGOTTEN,
        READER_SKIPS_SUB_KEYS,
        READER_BELIEVES_THE_FIRST_LOOK
    }

    @Test
    void noViewIsLostOrDoubled_whateverInterleavesAndDies() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Run(seed, Mutant.NONE).check();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void withoutOneOfTheGuards_aSeedShowsIt(Mutant mutant) {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < SEEDS; seed++) {
                        new Run(seed, mutant).check();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }

    /** Splitting has to happen for the rest to mean anything. */
    @Test
    void theRuns_splitAndMerge() {
        int merges = 0;
        for (long seed = 0; seed < 100; seed++) {
            merges += new Run(seed, Mutant.NONE).check();
        }
        assertThat(merges).isGreaterThan(100);
    }

    private static final class Run {

        private final long seed;
        private final Mutant mutant;
        private final RandomGenerator chance;
        private final SimulatedStore store = new SimulatedStore();
        private final List<Instance> instances = new ArrayList<>();
        private final List<Throwable> wrong = new ArrayList<>();
        private long millis = 1_000;
        private long viewer;
        private int merges;

        Run(long seed, Mutant mutant) {
            this.seed = seed;
            this.mutant = mutant;
            this.chance = new SplittableRandom(seed);
            for (int i = 0; i < 3; i++) {
                instances.add(new Instance());
            }
        }

        /** Answers how many merges there were. */
        int check() {
            for (int turn = 0; turn < 150; turn++) {
                millis += chance.nextInt(3);
                act(chance.nextInt(instances.size()));
            }
            finish();
            return merges;
        }

        private void act(int at) {
            switch (chance.nextInt(12)) {
                case 0, 1, 2 -> instances.get(at).write();
                case 3, 4 -> instances.get(at).read();
                case 5, 6 -> instances.get(at).tend();
                case 7 -> {
                    if (chance.nextInt(6) == 0) {
                        store.crash(instances.get(at), chance);
                        instances.set(at, new Instance());
                    }
                }
                default -> {
                    for (int steps = chance.nextInt(20); steps > 0 && !store.isIdle(); steps--) {
                        store.run(chance);
                    }
                }
            }
        }

        private void finish() {
            drain();
            Instance last = new Instance();
            last.read();
            drain();
            var unused = last.steps.merge(POST, store.split(POST));
            drain();
            last.read();
            drain();
            assertThat(wrong).as("seed %d", seed).isEmpty();
            assertThat(last.shown)
                    .as("reads of the last instance, seed %d", seed)
                    .isEqualTo(2);
            assertThat(store.split(POST).stage()).as("stage, seed %d", seed).isEqualTo(Stage.WHOLE);
            assertThat(store.tallyOfBase(POST)).as("tally, seed %d", seed).isEqualTo(store.accepted());
            assertThat(store.viewersOfBase(POST)).as("viewers, seed %d", seed).isEqualTo(store.acceptedViewers());
        }

        private void drain() {
            while (!store.isIdle()) {
                store.run(chance);
            }
        }

        private final class Instance {

            private final ViewStore own = mutated(store.new Asked(this));
            private final KnownSplits splits = new KnownSplits();
            private final ViewWriter writer = new ViewWriter(new Views(10, 1_000), own, splits, chance::nextInt);
            private final ViewReader reader = new ViewReader(own, splits);
            private final SplitSteps steps = new SplitSteps(own, splits, () -> Instant.ofEpochMilli(millis));
            private int shown;

            void write() {
                var unused = writer.write(some());
            }

            private Gathered some() {
                return new Gathered(POST, Tally.weighing(1 + chance.nextInt(9)), Set.of(++viewer));
            }

            void read() {
                long before = store.accepted().views();
                var unused = reader.read(List.of(POST)).whenComplete((totals, failure) -> {
                    shown++;
                    long views = failure == null
                            ? totals.values().iterator().next().tally().views()
                            : -1;
                    if (views < before || views > store.accepted().views()) {
                        wrong.add(new AssertionError(
                                "read " + views + " of " + before + " to " + store.accepted(), failure));
                    }
                });
            }

            /** Splits what is whole, merges what is split, goes on with what somebody left. */
            void tend() {
                var unused = reader.read(List.of(POST)).thenCompose(totals -> {
                    Split found = totals.values().iterator().next().base().split();
                    return found.stage() == Stage.WHOLE
                            ? split(found).thenAccept(done -> {})
                            : steps.merge(POST, found).thenAccept(done -> merges += done ? 1 : 0);
                });
            }

            private CompletionStage<?> split(Split whole) {
                int subKeys = 1 + chance.nextInt(4);
                if (mutant != Mutant.ANNOUNCE_AFTER_THE_FIRST_WRITE) {
                    return steps.split(POST, whole, subKeys);
                }
                Split next = whole.announced(millis, subKeys);
                return own.addToSubKey(next.epoch(), 0, some())
                        .thenCompose(taken -> own.move(POST, whole, next, Tally.NONE, 0));
            }
        }

        private ViewStore mutated(SimulatedStore.Asked own) {
            own.mutate(
                    mutant != Mutant.MERGE_WITHOUT_SEAL,
                    mutant != Mutant.MERGE_WITHOUT_COMPARING,
                    mutant != Mutant.SEAL_IS_FORGOTTEN,
                    mutant != Mutant.READER_SKIPS_SUB_KEYS,
                    mutant != Mutant.READER_BELIEVES_THE_FIRST_LOOK);
            return own;
        }
    }
}
