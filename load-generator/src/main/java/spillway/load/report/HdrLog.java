package spillway.load.report;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import spillway.load.plan.TrafficClass;
import spillway.load.run.IntervalSink;

/** An HdrHistogram interval log: microseconds, a tag per class of requests, maxima in milliseconds. */
public final class HdrLog implements IntervalSink, AutoCloseable {

    private static final double MICROS_PER_MILLI = 1_000;

    private final HistogramLogWriter writer;
    private final long begin;

    public HdrLog(Path file, InstantSource clock) throws FileNotFoundException {
        writer = new HistogramLogWriter(file.toFile());
        begin = clock.millis();
        writer.outputComment("[latency from the intended send time, in microseconds]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(begin);
        writer.setBaseTime(begin);
        writer.outputBaseTime(begin);
        writer.outputLegend();
    }

    @Override
    public void take(TrafficClass trafficClass, double from, double to, Histogram micros) {
        micros.setTag(trafficClass.label());
        writer.outputIntervalHistogram(from, to, micros, MICROS_PER_MILLI);
    }

    @Override
    public void close() {
        writer.close();
    }
}
