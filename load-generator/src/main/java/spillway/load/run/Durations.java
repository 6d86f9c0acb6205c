package spillway.load.run;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of durations that many threads add to without waiting, while one takes it away piece by piece.
 * Microseconds, three digits, up to an hour.
 */
final class Durations {

    static final long LONGEST_MICROS = 3_600_000_000L;
    static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST_MICROS, DIGITS);
    private final Histogram whole = empty();
    private Histogram untaken = empty();
    private Histogram taken = empty();
    private @Nullable Histogram recycled;

    void record(long nanos) {
        recorder.recordValue(micros(nanos));
    }

    /** As a histogram of this range takes it. */
    static long micros(long nanos) {
        return Math.clamp(nanos / 1_000, 0, LONGEST_MICROS);
    }

    /** What came since the last call; valid until the next one. */
    synchronized Histogram interval() {
        collect();
        Histogram interval = untaken;
        untaken = taken;
        untaken.reset();
        taken = interval;
        return interval;
    }

    /** All of it, up to now; takes nothing away. */
    synchronized Quantiles whole() {
        collect();
        return Quantiles.of(whole);
    }

    private void collect() {
        Histogram recent = recorder.getIntervalHistogram(recycled);
        recycled = recent;
        whole.add(recent);
        untaken.add(recent);
    }

    private static Histogram empty() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }
}
