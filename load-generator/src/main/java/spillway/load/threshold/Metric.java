package spillway.load.threshold;

import spillway.load.oracle.Book;
import spillway.load.run.Quantiles;

/** What a threshold may be about. */
enum Metric {
    P50("p50"),
    P95("p95"),
    P99("p99"),
    P999("p99.9"),
    MAX("max"),
    ACCEPTED("accepted"),
    SHED("shed"),
    REJECTED("rejected"),
    FAILED("failed"),
    UNKNOWN("unknown"),
    /** How long after a surge as much was accepted as before it. */
    RECOVERY("recovery");

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isTime() {
        return switch (this) {
            case P50, P95, P99, P999, MAX, RECOVERY -> true;
            case ACCEPTED, SHED, REJECTED, FAILED, UNKNOWN -> false;
        };
    }

    /** In milliseconds; no number when nothing was measured, or when this is no latency. */
    double of(Quantiles quantiles) {
        if (quantiles.count() == 0) {
            return Double.NaN;
        }
        return switch (this) {
            case P50 -> quantiles.p50();
            case P95 -> quantiles.p95();
            case P99 -> quantiles.p99();
            case P999 -> quantiles.p999();
            case MAX -> quantiles.max();
            case ACCEPTED, SHED, REJECTED, FAILED, UNKNOWN, RECOVERY -> Double.NaN;
        };
    }

    /** No number when this is no count. */
    double of(Book book) {
        return switch (this) {
            case ACCEPTED -> book.accepted();
            case SHED -> book.shed();
            case REJECTED -> book.rejected();
            case FAILED -> book.failed();
            case UNKNOWN -> book.unknown();
            case P50, P95, P99, P999, MAX, RECOVERY -> Double.NaN;
        };
    }
}
