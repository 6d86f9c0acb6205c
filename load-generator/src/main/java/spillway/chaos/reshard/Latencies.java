package spillway.chaos.reshard;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;

/** How long accepted writes took from when they were due, by what the system was at. Thread-safe. */
final class Latencies {

    private static final long LONGEST_MICROS = 60_000_000L;
    private static final int DIGITS = 3;

    private final Map<Part, ConcurrentHistogram> parts = new EnumMap<>(Part.class);
    private volatile Part now = Part.WARM_UP;

    /** What the system is at. */
    enum Part {
        WARM_UP,
        /** Nothing moves. */
        BEFORE,
        /** Slots move, there or back. */
        DURING,
        /** Slots have moved, and the mirror goes the other way. */
        AFTER
    }

    /** In milliseconds. */
    record Quantiles(long count, double p50, double p99, double max) {}

    Latencies() {
        for (Part part : Part.values()) {
            parts.put(part, new ConcurrentHistogram(LONGEST_MICROS, DIGITS));
        }
    }

    void enter(Part part) {
        now = part;
    }

    Part now() {
        return now;
    }

    /** @param part in which it was due */
    void record(Part part, long nanos) {
        histogram(part).recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }

    Quantiles of(Part part) {
        ConcurrentHistogram all = histogram(part);
        return new Quantiles(
                all.getTotalCount(),
                all.getValueAtPercentile(50) / 1e3,
                all.getValueAtPercentile(99) / 1e3,
                all.getMaxValue() / 1e3);
    }

    private ConcurrentHistogram histogram(Part part) {
        ConcurrentHistogram histogram = parts.get(part);
        if (histogram == null) {
            throw new IllegalStateException("no part " + part);
        }
        return histogram;
    }
}
