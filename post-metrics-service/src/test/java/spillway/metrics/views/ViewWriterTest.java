package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.Views.Gathered;

class ViewWriterTest {

    private final SimulatedStore simulated = new SimulatedStore();
    private final ViewStore store = simulated.atOnce();
    private final KnownSplits splits = new KnownSplits();
    private final ViewWriter writer = new ViewWriter(new Views(10, 10), store, splits, bound -> bound - 1);
    private final Split open = Split.NEVER.announced(100, 4);

    private ViewReader.Total read() {
        ViewReader reader = new ViewReader(store, new KnownSplits());
        return reader.read(List.of(1L))
                .toCompletableFuture()
                .join()
                .values()
                .iterator()
                .next();
    }

    @Test
    void withoutAKnownSplit_viewsGoToTheBaseKey() {
        store.move(1, Split.NEVER, open, Tally.NONE, 0).toCompletableFuture().join();
        writer.write(new Gathered(1, Tally.counted(3), Set.of(7L))).join();

        assertThat(read().base().tally().views()).isEqualTo(3);
        assertThat(read().base().viewers()).isEqualTo(1);
    }

    @Test
    void withOne_theyGoToTheSubKeyThatWasPicked() {
        store.move(1, Split.NEVER, open, Tally.NONE, 0).toCompletableFuture().join();
        splits.learn(1, open);
        writer.write(new Gathered(1, Tally.counted(3), Set.of(7L))).join();

        assertThat(read().base().tally().views()).isZero();
        assertThat(store.seal(1, 100, 3).toCompletableFuture().join().tally().views())
                .isEqualTo(3);
    }

    @Test
    void whatASealedSubKeyRefuses_goesToTheBaseKey_andTheSplitIsForgotten() {
        store.move(1, Split.NEVER, open, Tally.NONE, 0).toCompletableFuture().join();
        splits.learn(1, open);
        store.seal(1, 100, 3).toCompletableFuture().join();
        writer.write(new Gathered(1, Tally.counted(3), Set.of(7L))).join();

        assertThat(read().base().tally().views()).isEqualTo(3);
        assertThat(splits.of(1)).isEqualTo(Split.NEVER);
        assertThat(writer.fenced()).isEqualTo(1);
    }

    @Test
    void onlyOfMeasuredPosts_writesAreCountedInTheBaseKey() {
        writer.write(new Gathered(1, Tally.counted(3), Set.of(7L))).join();
        assertThat(read().writes()).isZero();

        writer.measure(Set.of(1L));
        writer.write(new Gathered(1, Tally.counted(3), Set.of(7L, 8L))).join();
        assertThat(read().writes()).isEqualTo(3);
    }
}
