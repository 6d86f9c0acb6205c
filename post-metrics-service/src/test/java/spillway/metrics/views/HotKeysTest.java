package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import spillway.metrics.hotkeys.SlidingTop;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.Views.Gathered;

/** Several instances, second after second, on a store that answers at once. */
class HotKeysTest {

    private static final HotKeyRules RULES = new HotKeyRules(100, 4, 8, Duration.ofSeconds(10), Duration.ofSeconds(1));

    private final SimulatedStore store = new SimulatedStore();
    private final List<Instance> instances = new ArrayList<>();
    private long second = 1_000;
    private long viewer;

    private final class Instance {
        private final ViewStore own = store.atOnce();
        private final KnownSplits splits = new KnownSplits();
        private final SlidingTop top = new SlidingTop(64, RULES.window(), this::nanos);
        private final ViewWriter writer =
                new ViewWriter(new Views(10, 10), own, splits, new SplittableRandom(1)::nextInt);
        private final ViewReader reader = new ViewReader(own, splits);
        private final SplitSteps steps = new SplitSteps(own, splits, () -> Instant.ofEpochSecond(second));
        private final HotKeys keys = new HotKeys(RULES, top, splits, reader, writer, own, steps, this::nanos);

        private long nanos() {
            return TimeUnit.SECONDS.toNanos(second);
        }

        void view(long post, int views) {
            Set<Long> viewers = LongStream.range(viewer, viewer + views).boxed().collect(Collectors.toSet());
            viewer += views;
            Gathered gathered = new Gathered(post, Tally.counted(views), viewers);
            top.offer(post, ViewWriter.writes(gathered));
            writer.write(gathered).join();
        }

        long views(long post) {
            return reader.read(List.of(post))
                    .toCompletableFuture()
                    .join()
                    .values()
                    .iterator()
                    .next()
                    .tally()
                    .views();
        }
    }

    private void instances(int number) {
        for (int i = 0; i < number; i++) {
            instances.add(new Instance());
        }
    }

    /** So many views per second and instance. */
    private void seconds(int passing, long post, int views) {
        for (int i = 0; i < passing; i++) {
            second++;
            instances.forEach(instance -> instance.view(post, views));
            instances.forEach(instance -> instance.keys.turn());
        }
    }

    @Test
    void aPostBelowTheThreshold_staysWhole() {
        instances(1);
        seconds(30, 1, 80);

        assertThat(store.split(1).stage()).isEqualTo(Stage.WHOLE);
        assertThat(instances.getFirst().keys.newest())
                .singleElement()
                .satisfies(key -> assertThat(key.writesPerSecond()).isBetween(75.0, 85.0));
    }

    @Test
    void instancesThatAreEachBelowTheThreshold_splitWhatIsAboveItTogether() {
        instances(3);
        seconds(15, 1, 50);

        assertThat(store.split(1).stage()).isEqualTo(Stage.OPEN);
        assertThat(store.split(1).subKeys()).isEqualTo(4);
        assertThat(instances.stream().mapToLong(each -> each.keys.splitsMade()).sum())
                .isEqualTo(1);
    }

    @Test
    void aPostThatHasCooledDown_isMerged_andNothingIsMissing() {
        instances(2);
        seconds(20, 1, 200);
        assertThat(store.split(1).stage()).isEqualTo(Stage.OPEN);
        assertThat(instances.get(1).views(1)).isEqualTo(2 * 20 * 200);

        seconds(15, 1, 1);
        assertThat(store.split(1).stage()).isEqualTo(Stage.WHOLE);
        assertThat(instances.get(0).views(1)).isEqualTo(2 * 20 * 200 + 2 * 15);
        assertThat(store.viewersOfBase(1)).hasSize(2 * 20 * 200 + 2 * 15);
        assertThat(instances.stream().mapToLong(each -> each.keys.mergesMade()).sum())
                .isEqualTo(1);
    }

    @Test
    void betweenHalfTheThresholdAndAllOfIt_aSplitStays() {
        instances(1);
        seconds(20, 1, 200);
        seconds(30, 1, 60);

        assertThat(store.split(1).stage()).isEqualTo(Stage.OPEN);
    }

    @Test
    void aMergeThatSomebodyLeft_isFinished() {
        instances(1);
        seconds(20, 1, 200);
        ViewStore store = this.store.atOnce();
        Split open = this.store.split(1);
        store.move(1, open, open.merging(), Tally.NONE, 0).toCompletableFuture().join();

        seconds(1, 1, 200);
        assertThat(this.store.split(1).stage()).isEqualTo(Stage.WHOLE);
        assertThat(instances.getFirst().views(1)).isEqualTo(21 * 200);
    }

    @Test
    void whileAPostIsSplit_itsViewersAreGathered() {
        instances(1);
        seconds(20, 1, 200);

        assertThat(store.split(1).stage()).isEqualTo(Stage.OPEN);
        assertThat(store.viewersOfBase(1)).hasSizeGreaterThanOrEqualTo(19 * 200);
    }
}
