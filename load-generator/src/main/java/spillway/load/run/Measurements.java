package spillway.load.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import spillway.load.oracle.Book;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;

/**
 * What is measured while traffic lasts. Latencies count from the intended instant, of everything that was not refused:
 * refusals are quick and would flatter. What a warm-up brings shows in its phase and in the series only. No thread that
 * reports here ever waits. Thread-safe.
 */
final class Measurements {

    private final Tally everything = new Tally();
    private final Map<TrafficClass, Tally> measured = new EnumMap<>(TrafficClass.class);
    private final Map<TrafficClass, Durations> latency = new EnumMap<>(TrafficClass.class);
    private final Durations overall = new Durations();
    private final Durations withWarmUp = new Durations();
    private final Durations lag = new Durations();
    private final Durations lagWithWarmUp = new Durations();
    private final Durations staleness = new Durations();
    private final List<PhaseCount> phases;

    private record PhaseCount(
            Phase phase, LongAdder planned, LongAdder heldBack, Map<TrafficClass, ClassCount> classes) {

        PhaseCount(Phase phase) {
            this(phase, new LongAdder(), new LongAdder(), new ConcurrentHashMap<>());
        }

        ClassCount of(TrafficClass trafficClass) {
            return classes.computeIfAbsent(trafficClass, first -> new ClassCount());
        }

        PhaseResult result() {
            Map<TrafficClass, Book> books = new EnumMap<>(TrafficClass.class);
            Map<TrafficClass, Quantiles> latencies = new EnumMap<>(TrafficClass.class);
            Histogram together = new Histogram(Durations.LONGEST_MICROS, Durations.DIGITS);
            classes.forEach((trafficClass, count) -> {
                books.put(trafficClass, count.sent().book());
                latencies.put(trafficClass, Quantiles.of(count.latency()));
                together.add(count.latency());
            });
            return new PhaseResult(phase, planned.sum(), heldBack.sum(), books, latencies, Quantiles.of(together));
        }
    }

    private record ClassCount(Tally sent, AtomicHistogram latency) {

        ClassCount() {
            this(new Tally(), new AtomicHistogram(Durations.LONGEST_MICROS, Durations.DIGITS));
        }

        void took(long nanos) {
            latency.recordValue(Durations.micros(nanos));
        }
    }

    Measurements(List<Phase> phases) {
        for (TrafficClass trafficClass : TrafficClass.values()) {
            measured.put(trafficClass, new Tally());
            latency.put(trafficClass, new Durations());
        }
        this.phases = phases.stream().map(PhaseCount::new).toList();
    }

    /** An operation fell due. */
    void planned(int phase) {
        phases.get(phase).planned().increment();
    }

    /** The generator turned to an operation, so much later than it was due. */
    void lagged(int phase, long nanos) {
        lagWithWarmUp.record(nanos);
        if (!phases.get(phase).phase().warmUp()) {
            lag.record(nanos);
        }
    }

    /** Too many requests were under way for one more. */
    void heldBack(int phase) {
        phases.get(phase).heldBack().increment();
    }

    void sent(int phase, TrafficClass trafficClass) {
        PhaseCount count = phases.get(phase);
        count.of(trafficClass).sent().offered();
        everything.offered();
        if (!count.phase().warmUp()) {
            of(measured, trafficClass).offered();
        }
    }

    void ended(int phase, TrafficClass trafficClass, Outcome outcome, long nanos) {
        PhaseCount count = phases.get(phase);
        boolean counts = !count.phase().warmUp();
        count.of(trafficClass).sent().ended(outcome);
        everything.ended(outcome);
        if (counts) {
            of(measured, trafficClass).ended(outcome);
        }
        switch (outcome) {
            case SHED, REJECTED -> {}
            case ACCEPTED, FAILED, UNKNOWN -> {
                count.of(trafficClass).took(nanos);
                withWarmUp.record(nanos);
                if (counts) {
                    of(latency, trafficClass).record(nanos);
                    overall.record(nanos);
                }
            }
        }
    }

    /** An accepted like was seen to count, so much later than it was accepted. */
    void applied(long nanos) {
        staleness.record(nanos);
    }

    /** All requests of the run. */
    Book everything() {
        return everything.book();
    }

    /** Of every phase, for the series; the one who asks takes its pieces away. */
    Durations withWarmUp() {
        return withWarmUp;
    }

    Durations lagWithWarmUp() {
        return lagWithWarmUp;
    }

    Quantiles lag() {
        return lag.whole();
    }

    long heldBack() {
        return phases.stream().mapToLong(count -> count.heldBack().sum()).sum();
    }

    Durations staleness() {
        return staleness;
    }

    Durations latency(TrafficClass trafficClass) {
        return of(latency, trafficClass);
    }

    Quantiles overall() {
        return overall.whole();
    }

    Map<TrafficClass, Quantiles> latencies() {
        return perClass(trafficClass -> latency(trafficClass).whole());
    }

    Map<TrafficClass, Book> measured() {
        return perClass(trafficClass -> of(measured, trafficClass).book());
    }

    List<PhaseResult> phases() {
        return phases.stream().map(PhaseCount::result).toList();
    }

    private static <T> T of(Map<TrafficClass, T> map, TrafficClass trafficClass) {
        return Objects.requireNonNull(map.get(trafficClass));
    }

    private static <T> Map<TrafficClass, T> perClass(Function<TrafficClass, T> value) {
        Map<TrafficClass, T> all = new EnumMap<>(TrafficClass.class);
        for (TrafficClass trafficClass : TrafficClass.values()) {
            all.put(trafficClass, value.apply(trafficClass));
        }
        return all;
    }
}
