package spillway.batcher.collapse;

import java.util.stream.Stream;
import spillway.platform.counters.CounterLayout;

/** A batch window's operations, folded per bucket. Not thread-safe. */
public final class Window {

    private final Fold[] folds =
            Stream.generate(Fold::new).limit(CounterLayout.BUCKETS).toArray(Fold[]::new);

    Fold fold(int bucket) {
        return folds[bucket];
    }

    void clear() {
        for (Fold fold : folds) {
            fold.clear();
        }
    }
}
