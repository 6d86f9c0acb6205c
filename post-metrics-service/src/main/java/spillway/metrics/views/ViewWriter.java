package spillway.metrics.views;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.Views.Gathered;

/**
 * Adds gathered views to the base key, or to one sub-key of a post that is known to be split. A sub-key that refuses was
 * merged meanwhile: the views go to the base key then, which always takes them. Thread-safe.
 */
final class ViewWriter {

    private final Views views;
    private final ViewStore store;
    private final KnownSplits splits;
    private final IntUnaryOperator pick;
    private final AtomicLong fenced = new AtomicLong();
    private volatile Set<Long> measured = Set.of();

    /** @param pick a number below the one it is given, so that the instances' writes spread over the sub-keys */
    ViewWriter(Views views, ViewStore store, KnownSplits splits, IntUnaryOperator pick) {
        this.views = views;
        this.store = store;
        this.splits = splits;
        this.pick = pick;
    }

    /** From now on writes of these posts are counted in their base keys as well. */
    void measure(Set<Long> posts) {
        measured = Set.copyOf(posts);
    }

    /** Writes that a sub-key refused. */
    long fenced() {
        return fenced.get();
    }

    /** What Redis has to do for what was gathered: one addition, and one element per viewer. */
    static long writes(Gathered gathered) {
        return 1L + gathered.viewers().size();
    }

    /** Completes when the store has answered, or failed to; what failed is put back. Never fails itself. */
    CompletableFuture<?> write(Gathered gathered) {
        Split split = splits.of(gathered.post());
        if (split.stage() != Stage.OPEN) {
            return writeBase(gathered);
        }
        return store.addToSubKey(split.epoch(), pick.applyAsInt(split.subKeys()), gathered)
                .handle((taken, failure) -> after(gathered, split, taken, failure))
                .thenCompose(next -> next)
                .toCompletableFuture();
    }

    private CompletionStage<?> after(
            Gathered gathered, Split split, @Nullable Boolean taken, @Nullable Throwable failure) {
        if (failure != null) {
            views.restore(gathered);
        } else if (!Boolean.TRUE.equals(taken)) {
            fenced.incrementAndGet();
            splits.forget(gathered.post(), split);
            return writeBase(gathered);
        }
        return CompletableFuture.completedStage(null);
    }

    private CompletableFuture<?> writeBase(Gathered gathered) {
        long post = gathered.post();
        CompletableFuture<?> counted =
                orRestore(store.addViews(post, gathered.tally()), new Gathered(post, gathered.tally(), Set.of()));
        if (measured.contains(post)) {
            counted = CompletableFuture.allOf(
                    counted,
                    store.addWrites(post, writes(gathered))
                            .exceptionally(unmeasured -> null)
                            .toCompletableFuture());
        }
        if (gathered.viewers().isEmpty()) {
            return counted;
        }
        return CompletableFuture.allOf(
                counted,
                orRestore(
                        store.addViewers(post, gathered.viewers()),
                        new Gathered(post, Tally.NONE, gathered.viewers())));
    }

    private CompletableFuture<?> orRestore(CompletionStage<?> sent, Gathered lost) {
        return sent.handle((done, failure) -> {
                    if (failure != null) {
                        views.restore(lost);
                    }
                    return done;
                })
                .toCompletableFuture();
    }
}
