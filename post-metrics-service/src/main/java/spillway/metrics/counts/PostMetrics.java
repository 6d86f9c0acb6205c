package spillway.metrics.counts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;

/**
 * Everything that is counted about a post. Likes, comments and shares are exact up to what is pending.
 *
 * @param viewsMargin half the width of the interval that contains the true number of views in 95 of 100 cases, where views
 *     were sampled; 0 where each was counted
 */
public record PostMetrics(
        PostId postId,
        Exact likes,
        Exact comments,
        Exact shares,
        Estimate views,
        long viewsMargin,
        Estimate uniqueViewers) {

    /**
     * A count of distinct members.
     *
     * @param value members applied
     * @param pending accepted operations that may be missing in the value: an upper bound, as they may concern other
     *     posts; null when it cannot be found out
     * @param asOf what was accepted by then is in the value or in what is pending
     */
    public record Exact(long value, @Nullable Long pending, Instant asOf) {}

    /**
     * A count that is best effort.
     *
     * @param asOf what this instance had flushed by then is in the value, and what others had; the time to which unique
     *     viewers of a split post were gathered
     * @param errorBound how far the value is probably off: for views what this instance has not flushed yet, for unique
     *     viewers the sketch's standard error
     */
    public record Estimate(long value, long errorBound, Instant asOf) {}
}
