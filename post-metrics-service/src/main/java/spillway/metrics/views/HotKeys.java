package spillway.metrics.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.metrics.hotkeys.Heavy;
import spillway.metrics.hotkeys.SlidingTop;
import spillway.metrics.views.Rates.Rate;
import spillway.metrics.views.ViewReader.Total;

/**
 * Looks after hot posts: splits those that Redis has to write too often, merges them when they have cooled down, and goes on
 * with merges that others left. Turns are taken by one thread; reports by any.
 *
 * <p>One instance knows only its own writes. So it watches the posts to which it writes most, counts its writes of those in
 * their base keys as well, and finds there what all instances write that watch the same post.
 */
final class HotKeys {

    private static final Logger LOG = LoggerFactory.getLogger(HotKeys.class);

    private final HotKeyRules rules;
    private final SlidingTop top;
    private final KnownSplits splits;
    private final ViewReader reader;
    private final ViewWriter writer;
    private final ViewStore store;
    private final SplitSteps steps;
    private final LongSupplier nanos;
    private final Rates rates;
    private final AtomicLong splitsMade = new AtomicLong();
    private final AtomicLong mergesMade = new AtomicLong();
    private volatile List<HotKey> newest = List.of();

    /** @param nanos clock of elapsed time */
    HotKeys(
            HotKeyRules rules,
            SlidingTop top,
            KnownSplits splits,
            ViewReader reader,
            ViewWriter writer,
            ViewStore store,
            SplitSteps steps,
            LongSupplier nanos) {
        this.rules = rules;
        this.top = top;
        this.splits = splits;
        this.reader = reader;
        this.writer = writer;
        this.store = store;
        this.steps = steps;
        this.nanos = nanos;
        this.rates = new Rates(rules.window());
    }

    /**
     * A post that is watched.
     *
     * @param writesPerSecond by all instances that watch it
     * @param own of these, by this instance; at most this many
     */
    record HotKey(long post, double writesPerSecond, double own, Split split) {}

    /** What the last turn saw, the hottest first. */
    List<HotKey> newest() {
        return newest;
    }

    /** Splits that this instance announced. */
    long splitsMade() {
        return splitsMade.get();
    }

    /** Merges that this instance completed. */
    long mergesMade() {
        return mergesMade.get();
    }

    /** Posts known to be split. */
    int split() {
        return splits.posts().size();
    }

    /** Writes per second to the hottest post. */
    double hottest() {
        return newest.stream().mapToDouble(HotKey::writesPerSecond).max().orElse(0);
    }

    /** Looks at the watched posts once and does what is due; returns when it is done. */
    void turn() {
        List<Heavy> heaviest = top.top(rules.posts());
        Set<Long> watched = new HashSet<>(splits.posts());
        heaviest.forEach(heavy -> watched.add(heavy.key()));
        writer.measure(watched);
        rates.retain(watched);
        try {
            Map<Long, Total> totals = reader.read(watched).toCompletableFuture().join();
            look(heaviest, totals);
        } catch (CompletionException away) {
            LOG.debug("Hot posts cannot be looked at now", away);
        }
    }

    private void look(List<Heavy> heaviest, Map<Long, Total> totals) {
        List<HotKey> seen = new ArrayList<>();
        List<CompletableFuture<?>> due = new ArrayList<>();
        totals.forEach((post, total) -> {
            Rate rate = rates.note(post, total.writes(), nanos.getAsLong());
            Split split = total.base().split();
            seen.add(new HotKey(post, rate.perSecond(), own(post, heaviest), split));
            due.add(tend(post, split, rate).toCompletableFuture());
        });
        seen.sort(Comparator.comparingDouble(HotKey::writesPerSecond).reversed());
        newest = List.copyOf(seen);
        CompletableFuture.allOf(due.toArray(CompletableFuture[]::new)).join();
    }

    private double own(long post, List<Heavy> heaviest) {
        long weight = heaviest.stream()
                .filter(heavy -> heavy.key() == post)
                .mapToLong(Heavy::weight)
                .sum();
        return weight * 1e9 / rules.window().toNanos();
    }

    private CompletionStage<?> tend(long post, Split split, Rate rate) {
        return switch (split.stage()) {
            case WHOLE ->
                rate.perSecond() >= rules.splitAbove() && splits.posts().size() < rules.posts()
                        ? split(post, split, rate)
                        : nothing();
            case OPEN ->
                isCold(rate)
                        ? ifMine(post, () -> merge(post, split))
                        : ifMine(post, () -> steps.gatherViewers(post, split));
            case MERGING -> ifMine(post, () -> merge(post, split));
        };
    }

    private boolean isCold(Rate rate) {
        return rate.watched() && rate.perSecond() < rules.splitAbove() / 2.0;
    }

    private CompletionStage<?> split(long post, Split whole, Rate rate) {
        return steps.split(post, whole, rules.subKeys()).thenAccept(done -> {
            if (done) {
                splitsMade.incrementAndGet();
                LOG.info("Post {} is split, at {} writes per second", post, Math.round(rate.perSecond()));
            }
        });
    }

    private CompletionStage<?> merge(long post, Split split) {
        return steps.merge(post, split).thenAccept(done -> {
            if (done) {
                mergesMade.incrementAndGet();
                LOG.info("Post {} is merged again", post);
            }
        });
    }

    private CompletionStage<?> ifMine(long post, Supplier<CompletionStage<?>> step) {
        return store.claim(post).thenCompose(mine -> mine ? step.get().thenAccept(done -> {}) : nothing());
    }

    private static CompletionStage<Void> nothing() {
        return CompletableFuture.completedStage(null);
    }
}
