package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** How long accepted writes took from when they were due, by what the system was at. Thread-safe. */
final class Latencies {

    private static final long LONGEST_MICROS = 60_000_000L;
    private static final int DIGITS = 3;

    private final Map<Part, ConcurrentHistogram> parts = new EnumMap<>(Part.class);
    private final Recorder recent = new Recorder(LONGEST_MICROS, DIGITS);
    private final List<Moment> course = new ArrayList<>();
    private final Supplier<String> doing;
    private final long from = System.nanoTime();
    private @Nullable Histogram read;
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

    /**
     * The writes that were answered since the moment before.
     *
     * @param second since the beginning, rounded
     * @param doing what the run was at in the end of it
     */
    record Moment(long second, String doing, Quantiles took) {}

    /** @param doing what the run is at, in words */
    Latencies(Supplier<String> doing) {
        this.doing = doing;
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
        long micros = Math.clamp(nanos / 1_000, 0, LONGEST_MICROS);
        histogram(part).recordValue(micros);
        recent.recordValue(micros);
    }

    /** Ends a moment; called once a second. */
    synchronized void mark() {
        read = recent.getIntervalHistogram(read);
        course.add(new Moment(Math.round((System.nanoTime() - from) / 1e9), doing.get(), quantiles(read)));
    }

    /** All moments so far, in order. */
    synchronized List<Moment> course() {
        return List.copyOf(course);
    }

    Quantiles of(Part part) {
        return quantiles(histogram(part));
    }

    private static Quantiles quantiles(AbstractHistogram all) {
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
