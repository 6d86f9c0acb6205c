package spillway.metrics.counts;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import spillway.metrics.counts.Counts.Count;
import spillway.metrics.counts.PostMetrics.Estimate;
import spillway.metrics.counts.PostMetrics.Exact;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.views.ViewCounts;
import spillway.metrics.views.ViewCounts.Viewed;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.PostId;

/** Posts' metrics, read together and kept for a moment, because the post everybody looks at is one post. Thread-safe. */
final class Metrics {

    /** How old an answer may be. */
    private static final Duration KEPT = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int KEPT_POSTS = 20_000;

    private final Counts counts;
    private final ViewCounts views;
    private final Backlog backlog;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AsyncLoadingCache<Long, PostMetrics> kept;

    Metrics(Counts counts, ViewCounts views, Backlog backlog, InstantSource clock, LongSupplier nanos) {
        this.counts = counts;
        this.views = views;
        this.backlog = backlog;
        this.clock = clock;
        this.nanos = nanos;
        this.kept = Caffeine.newBuilder()
                .maximumSize(KEPT_POSTS)
                .expireAfterWrite(KEPT)
                .buildAsync(AsyncCacheLoader.bulk((posts, executor) -> read(posts)));
    }

    /**
     * The metrics in the order of the posts, at most {@link #KEPT} old.
     *
     * @throws Unavailable when Redis does not answer
     */
    List<PostMetrics> of(List<PostId> posts) {
        return inOrder(posts, kept.getAll(posts.stream().map(PostId::value).toList()));
    }

    /** The metrics as they are now, whatever was kept. */
    List<PostMetrics> now(List<PostId> posts) {
        return inOrder(posts, read(Set.copyOf(posts.stream().map(PostId::value).toList())));
    }

    private static List<PostMetrics> inOrder(List<PostId> posts, CompletableFuture<Map<Long, PostMetrics>> read) {
        Map<Long, PostMetrics> metrics =
                Answers.await(read, LONGEST, cause -> new Unavailable("Counts cannot be read now.", cause));
        return posts.stream()
                .map(post -> Objects.requireNonNull(metrics.get(post.value())))
                .toList();
    }

    /** What is told about is the time when the reading began: nothing that happened by then is missing. */
    private CompletableFuture<Map<Long, PostMetrics>> read(Collection<? extends Long> posts) {
        Set<Long> ids = Set.copyOf(posts);
        Instant began = clock.instant();
        long nanosThen = nanos.getAsLong();
        CompletableFuture<Map<Long, Map<CounterFamily, Count>>> exact =
                counts.read(ids).toCompletableFuture();
        CompletableFuture<Map<Long, Viewed>> viewed = views.read(ids).toCompletableFuture();
        return samples()
                .thenCombine(exact, (samples, values) -> new Reading(samples, values, began, nanosThen))
                .thenCombine(viewed, Reading::metrics);
    }

    private CompletableFuture<Map<CounterFamily, Optional<Sample>>> samples() {
        CompletableFuture<Map<CounterFamily, Optional<Sample>>> all =
                CompletableFuture.completedFuture(new EnumMap<>(CounterFamily.class));
        for (CounterFamily family : CounterFamily.values()) {
            all = all.thenCombine(backlog.fresh(family), (samples, sample) -> {
                samples.put(family, sample);
                return samples;
            });
        }
        return all;
    }

    /** What was read, to be put together. */
    private record Reading(
            Map<CounterFamily, Optional<Sample>> samples,
            Map<Long, Map<CounterFamily, Count>> values,
            Instant began,
            long beganNanos) {

        Map<Long, PostMetrics> metrics(Map<Long, Viewed> seen) {
            Map<Long, PostMetrics> metrics = new HashMap<>();
            values.forEach((post, counts) -> {
                Viewed viewed = seen.getOrDefault(post, Viewed.NONE);
                Instant viewersAsOf = viewed.viewersAsOf().isBefore(began) ? viewed.viewersAsOf() : began;
                metrics.put(
                        post,
                        new PostMetrics(
                                new PostId(post),
                                exact(CounterFamily.LIKES, counts),
                                exact(CounterFamily.COMMENTS, counts),
                                exact(CounterFamily.SHARES, counts),
                                new Estimate(viewed.views(), viewed.unflushed(), began),
                                viewed.margin(),
                                new Estimate(viewed.viewers(), viewed.viewersError(), viewersAsOf)));
            });
            return metrics;
        }

        /**
         * The end of the log was looked at a little earlier, maybe: who was accepted since is in neither number. How far the
         * count has come was read beside it, so what it lost a moment ago is pending.
         */
        private Exact exact(CounterFamily family, Map<CounterFamily, Count> counts) {
            Count count = Objects.requireNonNull(counts.get(family));
            Sample sample = samples.getOrDefault(family, Optional.empty()).orElse(null);
            if (sample == null) {
                return new Exact(count.value(), null, began);
            }
            Instant asOf = began.minusNanos(Math.max(0, beganNanos - sample.nanos()));
            return new Exact(count.value(), sample.pending(count.applied()), asOf);
        }
    }
}
