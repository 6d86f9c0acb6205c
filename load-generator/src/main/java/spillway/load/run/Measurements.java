package spillway.load.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;

/**
 * What is measured while a run lasts. Latencies count from the intended instant, in microseconds, of everything that was
 * not refused: refusals are quick and would flatter. Those of a warm-up count for their phase only. Thread-safe.
 */
final class Measurements {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final Map<TrafficClass, Histogram> latency = new EnumMap<>(TrafficClass.class);
    private final Histogram lag = histogram();
    private final List<PhaseCount> phases = new ArrayList<>();

    Measurements(List<Phase> phases) {
        for (TrafficClass trafficClass : TrafficClass.values()) {
            latency.put(trafficClass, histogram());
        }
        phases.forEach(phase -> this.phases.add(new PhaseCount(phase)));
    }

    private static final class PhaseCount {
        private final Phase phase;
        private final Histogram latency = histogram();
        private long planned;
        private long sent;
        private long accepted;

        PhaseCount(Phase phase) {
            this.phase = phase;
        }
    }

    synchronized void planned(int phase, long lagNanos) {
        phases.get(phase).planned++;
        record(lag, lagNanos);
    }

    synchronized void sent(int phase) {
        phases.get(phase).sent++;
    }

    synchronized void ended(int phase, TrafficClass trafficClass, Outcome outcome, long nanos) {
        PhaseCount count = phases.get(phase);
        switch (outcome) {
            case ACCEPTED -> count.accepted++;
            case FAILED, UNKNOWN -> {}
            case SHED, REJECTED -> {
                return;
            }
        }
        if (!count.phase.warmUp()) {
            record(Objects.requireNonNull(latency.get(trafficClass)), nanos);
        }
        record(count.latency, nanos);
    }

    synchronized long accepted() {
        return phases.stream().mapToLong(count -> count.accepted).sum();
    }

    synchronized Quantiles lag() {
        return Quantiles.of(lag);
    }

    synchronized Map<TrafficClass, Quantiles> latencies() {
        Map<TrafficClass, Quantiles> all = new EnumMap<>(TrafficClass.class);
        latency.forEach((trafficClass, histogram) -> all.put(trafficClass, Quantiles.of(histogram)));
        return all;
    }

    synchronized List<PhaseResult> phases() {
        return phases.stream()
                .map(count -> new PhaseResult(
                        count.phase, count.planned, count.sent, count.accepted, Quantiles.of(count.latency)))
                .toList();
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, 3);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }
}
