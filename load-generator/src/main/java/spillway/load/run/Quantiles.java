package spillway.load.run;

import org.HdrHistogram.Histogram;

/** A distribution of durations in milliseconds; all are 0 when {@code count} is. */
public record Quantiles(long count, double p50, double p95, double p99, double p999, double max) {

    static Quantiles of(Histogram micros) {
        return new Quantiles(
                micros.getTotalCount(),
                millis(micros, 50),
                millis(micros, 95),
                millis(micros, 99),
                millis(micros, 99.9),
                millis(micros, 100));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1_000.0;
    }
}
