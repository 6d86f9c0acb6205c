package spillway.load.run;

import org.jspecify.annotations.Nullable;
import spillway.load.plan.TrafficClass;

/**
 * Requests that share an event loop and connections. In an overload most likes and views are refused, as many as the
 * generator can look at, and whoever writes a post does not wait for strangers to hear of it.
 */
enum Lane {
    /** Posts and comments. */
    PUBLISHING,
    /** Likes, views, reads and all that is not booked. */
    BROWSING;

    /** Posts and comments are few. */
    private static final int FEW = 8;

    static Lane of(@Nullable TrafficClass trafficClass) {
        return trafficClass == TrafficClass.POSTS || trafficClass == TrafficClass.COMMENTS ? PUBLISHING : BROWSING;
    }

    /** How many connections are opened before a burst. */
    int ready(int most) {
        return this == PUBLISHING ? Math.max(1, most / FEW) : most;
    }
}
