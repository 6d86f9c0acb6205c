package spillway.load.run;

import org.HdrHistogram.Histogram;
import spillway.load.plan.TrafficClass;

/** Takes the measured latencies of one class and one interval, as they come, about once a second. */
@FunctionalInterface
public interface IntervalSink {

    /**
     * @param from seconds after the first operation
     * @param to seconds after the first operation
     * @param micros not empty, without warm-ups; valid during the call only
     */
    void take(TrafficClass trafficClass, double from, double to, Histogram micros);
}
