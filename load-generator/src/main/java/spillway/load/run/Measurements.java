package spillway.load.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
    private final Durations staleness = new Durations();
    private final List<PhaseCount> phases;

    private record PhaseCount(Phase phase, Tally planned, Tally sent, Durations latency) {}

    Measurements(List<Phase> phases) {
        for (TrafficClass trafficClass : TrafficClass.values()) {
            measured.put(trafficClass, new Tally());
            latency.put(trafficClass, new Durations());
        }
        this.phases = phases.stream()
                .map(phase -> new PhaseCount(phase, new Tally(), new Tally(), new Durations()))
                .toList();
    }

    /** An operation fell due. */
    void planned(int phase) {
        phases.get(phase).planned().offered();
    }

    /** The generator turned to an operation, so much later than it was due. */
    void lagged(long nanos) {
        lag.record(nanos);
    }

    void sent(int phase, TrafficClass trafficClass) {
        PhaseCount count = phases.get(phase);
        count.sent().offered();
        everything.offered();
        if (!count.phase().warmUp()) {
            of(measured, trafficClass).offered();
        }
    }

    void ended(int phase, TrafficClass trafficClass, Outcome outcome, long nanos) {
        PhaseCount count = phases.get(phase);
        boolean counts = !count.phase().warmUp();
        count.sent().ended(outcome);
        everything.ended(outcome);
        if (counts) {
            of(measured, trafficClass).ended(outcome);
        }
        switch (outcome) {
            case SHED, REJECTED -> {}
            case ACCEPTED, FAILED, UNKNOWN -> {
                count.latency().record(nanos);
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

    Durations lag() {
        return lag;
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
        List<PhaseResult> results = new ArrayList<>();
        for (PhaseCount count : phases) {
            results.add(new PhaseResult(
                    count.phase(),
                    count.planned().book().offered(),
                    count.sent().book().offered(),
                    count.sent().book().accepted(),
                    count.latency().whole()));
        }
        return results;
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
