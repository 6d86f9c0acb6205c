package spillway.gateway.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import java.util.concurrent.TimeUnit;

/**
 * Limits that adapt to the time that requests take. Which of the two algorithms is used, and why, is in docs/adr/0020.
 *
 * <p>Both are fed with one mean per window, not with each request: cheaper, and one slow request among many says nothing.
 */
final class Limits {

    private static final long WINDOW_MILLIS = 200;
    private static final int SAMPLES = 10;

    /**
     * Of a lane that nothing is known of. A burst onto a quiet service has this limit and no other in its first second, so it is
     * as much as 8,000 likes/s need that take 50 ms each; a service that does more sees it grow.
     */
    private static final int FIRST = 400;

    /** How fast a limit grows, five times a second by a fifth of it: batches, which may need thousands, would take hours. */
    private static final int GROWTH = 4;

    private static final int GROWTH_PER_MOST = 300;

    private Limits() {}

    static Limit adaptive(AdmissionRules.Limits rules, int most) {
        return gradient2(rules.least(), most);
    }

    static Limit gradient2(int least, int most) {
        return windowed(Gradient2Limit.newBuilder()
                .initialLimit(first(least, most))
                .minLimit(least)
                .maxConcurrency(most)
                .queueSize(Math.max(GROWTH, most / GROWTH_PER_MOST))
                .build());
    }

    static Limit vegas(int least, int most) {
        return windowed(VegasLimit.newBuilder()
                .initialLimit(first(least, most))
                .maxConcurrency(most)
                .build());
    }

    private static int first(int least, int most) {
        return Math.clamp(most / 2, least, FIRST);
    }

    private static Limit windowed(Limit limit) {
        return WindowedLimit.newBuilder()
                .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .maxWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .windowSize(SAMPLES)
                .build(limit);
    }
}
