package spillway.gateway.admission;

import java.util.Locale;
import spillway.gateway.ledger.TrafficClass;

/** What requests share with each other on their way behind the gateway; each lane has a limit of its own. */
enum Lane {
    /** Requests to post-content-service. */
    CONTENT,
    /** Requests passed on one by one to post-metrics-service. */
    METRICS,
    /** Likes and views in batches to post-metrics-service, from their arrival to their answer. */
    BATCHES,
    /** Requests to post-analytics-service. */
    ANALYTICS;

    /**
     * The lane of a request that is passed on by itself.
     *
     * @param path of the API, {@linkplain spillway.gateway.ledger.ApiPath#plain plain}
     */
    static Lane of(TrafficClass traffic, String path) {
        return switch (traffic) {
            case LIKE, SHARE, VIEW -> METRICS;
            case POST, COMMENT -> CONTENT;
            case READ, OTHER -> ofRead(path);
        };
    }

    private static Lane ofRead(String path) {
        if (path.startsWith("/v1/analytics/")) {
            return ANALYTICS;
        }
        boolean metrics = path.startsWith("/v1/metrics")
                || path.startsWith("/v1/writes/")
                || (path.startsWith("/v1/posts/") && path.endsWith("/metrics"));
        return metrics ? METRICS : CONTENT;
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
