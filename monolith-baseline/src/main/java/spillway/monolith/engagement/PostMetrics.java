package spillway.monolith.engagement;

import java.time.Instant;
import spillway.platform.id.PostId;

/** A post's counts, in the platform's form: here they are exact, and as new as the answer. */
record PostMetrics(PostId postId, Exact likes, Exact comments, Exact shares, Estimate views, Estimate uniqueViewers) {

    /**
     * @param pending accepted and not yet counted: always 0
     * @param asOf when the value was true
     */
    record Exact(long value, long pending, Instant asOf) {

        Exact(long value, Instant asOf) {
            this(value, 0, asOf);
        }
    }

    /** @param errorBound how far the value may be off: always 0 */
    record Estimate(long value, long errorBound, Instant asOf) {

        Estimate(long value, Instant asOf) {
            this(value, 0, asOf);
        }
    }
}
