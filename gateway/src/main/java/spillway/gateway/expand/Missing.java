package spillway.gateway.expand;

import java.util.Locale;

/** Why an item has no metrics, as clients see it in {@code metricsMissing}. */
enum Missing {
    /** They did not come in time. */
    LATE,
    /** post-metrics-service could not be asked, or could not tell. */
    UNAVAILABLE,
    /** post-metrics-service does not know the post: it was deleted at this moment. */
    UNKNOWN;

    /** The value in answers and metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
