package spillway.metrics.views;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Splits posts and merges them again. Whoever takes a step must have seen the stage before it: each one is a compare-and-set
 * on the base key, or may be repeated. So any number of instances may try at once, and one that dies anywhere is continued
 * by the next that looks. Thread-safe.
 *
 * <p>A merge loses and doubles nothing: a sub-key is sealed before its number is read, so that number is its last; the
 * number enters the base key in the same step that says so.
 */
final class SplitSteps {

    private final ViewStore store;
    private final KnownSplits splits;
    private final InstantSource clock;

    SplitSteps(ViewStore store, KnownSplits splits, InstantSource clock) {
        this.store = store;
        this.splits = splits;
        this.clock = clock;
    }

    /** Announces a split; false when somebody else changed the post meanwhile. */
    CompletionStage<Boolean> split(long post, Split whole, int subKeys) {
        return move(post, whole, whole.announced(clock.millis(), subKeys), Tally.NONE, 0);
    }

    /** Merges what is split, from whatever stage it is in; false when somebody else changed the post meanwhile. */
    CompletionStage<Boolean> merge(long post, Split split) {
        return switch (split.stage()) {
            case WHOLE -> CompletableFuture.completedStage(true);
            case OPEN -> move(post, split, split.merging(), Tally.NONE, 0).thenCompose(on(post, split.merging()));
            case MERGING ->
                split.taken() < split.subKeys()
                        ? take(post, split).thenCompose(on(post, split.tookOne()))
                        : finish(post, split);
        };
    }

    /** Lets the base key know who viewed at the sub-keys. */
    CompletionStage<?> gatherViewers(long post, Split split) {
        long began = clock.millis();
        return all(split, subKey -> store.gatherViewers(post, subKey)).thenCompose(done -> store.gathered(post, began));
    }

    private Function<Boolean, CompletionStage<Boolean>> on(long post, Split next) {
        return moved -> moved ? merge(post, next) : CompletableFuture.completedStage(false);
    }

    private CompletionStage<Boolean> take(long post, Split split) {
        int subKey = split.taken();
        return store.seal(post, split.epoch(), subKey)
                .thenCompose(last -> store.gatherViewers(post, subKey)
                        .thenCompose(done -> move(post, split, split.tookOne(), last.tally(), last.writes())));
    }

    private CompletionStage<Boolean> finish(long post, Split split) {
        return all(split, subKey -> store.retire(post, split.epoch(), subKey))
                .thenCompose(done -> move(post, split, split.merged(), Tally.NONE, 0));
    }

    private CompletionStage<Boolean> move(long post, Split expected, Split next, Tally views, long writes) {
        return store.move(post, expected, next, views, writes).thenApply(moved -> {
            if (moved) {
                splits.learn(post, next);
            }
            return moved;
        });
    }

    private static CompletionStage<?> all(Split split, IntFunction<CompletionStage<?>> step) {
        return CompletableFuture.allOf(IntStream.range(0, split.subKeys())
                .mapToObj(step)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
    }
}
