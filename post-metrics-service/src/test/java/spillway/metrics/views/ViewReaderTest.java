package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import spillway.metrics.views.Views.Gathered;

class ViewReaderTest {

    private final SimulatedStore simulated = new SimulatedStore();
    private final ViewStore store = simulated.atOnce();
    private final KnownSplits splits = new KnownSplits();
    private final ViewReader reader = new ViewReader(store, splits);
    private final Split open = Split.NEVER.announced(100, 2);

    private long views() {
        return reader.read(List.of(1L))
                .toCompletableFuture()
                .join()
                .values()
                .iterator()
                .next()
                .tally()
                .views();
    }

    private void add(Split split, int subKey, long views) {
        store.addToSubKey(split.epoch(), subKey, new Gathered(1, Tally.counted(views), Set.of()))
                .toCompletableFuture()
                .join();
    }

    private void move(Split from, Split to, long views) {
        store.move(1, from, to, Tally.counted(views), 0).toCompletableFuture().join();
    }

    @Test
    void aWholePost_isReadInOneTrip() {
        store.addViews(1, Tally.counted(5)).toCompletableFuture().join();

        assertThat(views()).isEqualTo(5);
        assertThat(simulated.trips()).isEqualTo(1);
    }

    @Test
    void aSplitThatIsNotKnown_costsASecondTrip_onlyOnce() {
        move(Split.NEVER, open, 7);
        add(open, 0, 1);
        add(open, 1, 2);

        assertThat(views()).isEqualTo(10);
        assertThat(simulated.trips()).isEqualTo(2);
        assertThat(views()).isEqualTo(10);
        assertThat(simulated.trips()).isEqualTo(3);
    }

    @Test
    void whatIsTaken_isCountedInTheBaseKeyOnly() {
        move(Split.NEVER, open, 0);
        add(open, 0, 1);
        add(open, 1, 2);
        move(open, open.merging(), 0);
        move(open.merging(), open.merging().tookOne(), 1);

        assertThat(views()).isEqualTo(3);
    }

    @Test
    void aBaseKeyThatHasLostALaterSplit_isBelievedWhenItSaysTheSameAgain() {
        move(Split.NEVER, open, 7);
        add(new Split(200, 2, -1), 0, 5);
        add(open, 1, 2);

        assertThat(views()).isEqualTo(9);
    }
}
