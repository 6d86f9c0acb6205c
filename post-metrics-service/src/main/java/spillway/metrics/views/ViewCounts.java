package spillway.metrics.views;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.ViewReader.Total;

/** Serves views and unique viewers. Thread-safe. */
public final class ViewCounts {

    /** Standard error of Redis's HyperLogLog: 1.04 / sqrt(16384). */
    private static final double STANDARD_ERROR = 0.0081;

    private final Views views;
    private final ViewReader reader;

    ViewCounts(Views views, ViewReader reader) {
        this.views = views;
        this.reader = reader;
    }

    /**
     * One post's views.
     *
     * @param margin how far sampling makes {@code views} go wrong: half the width of the interval of 95 %; 0 when each view
     *     was counted
     * @param unflushed views taken by this instance and not yet among {@code views}
     * @param viewers estimate of distinct viewers
     * @param viewersAsOf those who came later may be missing among {@code viewers}, as the post is split; {@link
     *     Instant#MAX} when nobody is missing
     */
    public record Viewed(long views, long margin, long unflushed, long viewers, Instant viewersAsOf) {

        public static final Viewed NONE = new Viewed(0, 0, 0, 0, Instant.MAX);

        /** One standard error, rounded up. */
        public long viewersError() {
            return (long) Math.ceil(viewers * STANDARD_ERROR);
        }
    }

    /** Each post's views; fails when Redis does not answer. */
    public CompletionStage<Map<Long, Viewed>> read(Collection<Long> posts) {
        Map<Long, Long> unflushed = new HashMap<>();
        posts.forEach(post -> unflushed.put(post, views.unflushed(post)));
        return reader.read(posts).thenApply(totals -> {
            Map<Long, Viewed> read = new HashMap<>();
            totals.forEach((post, total) -> read.put(
                    post,
                    new Viewed(
                            total.tally().views(),
                            total.tally().margin(),
                            unflushed.getOrDefault(post, 0L),
                            total.base().viewers(),
                            viewersAsOf(total))));
            return read;
        });
    }

    /** Until a split was announced all viewers went to the base key; from then on they are gathered there. */
    private static Instant viewersAsOf(Total total) {
        Split split = total.base().split();
        return split.stage() == Stage.WHOLE
                ? Instant.MAX
                : Instant.ofEpochMilli(Math.max(split.epoch(), total.base().gatheredMillis()));
    }
}
