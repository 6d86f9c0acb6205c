package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Ledger;
import spillway.load.plan.Part;
import spillway.load.plan.Phase;
import spillway.load.run.Snapshot.Stage;

/** Some parts of a plan on their way, and what is measured of them. One thread runs it, others may look. */
final class Sending implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final Api api;
    private final List<Part> parts;
    private final RunOptions options;
    private final Clock clock;
    private final Measurements measurements;
    private final Receipts receipts;
    private final Reachability reachability;
    private final Traffic traffic;
    private final Duration length;
    private volatile Stretch current;
    private volatile @Nullable Sampler sampler;
    private Duration took = Duration.ZERO;

    /** The part that is being sent. */
    private record Stretch(Part part, Timeline timeline, Duration before, long start) {

        String phase(long now) {
            return part.phases().get(timeline.at(now - start)).name();
        }

        Duration elapsed(long now) {
            return before.plusNanos(Math.min(now - start, timeline.length()));
        }
    }

    Sending(
            Api api,
            Tokens tokens,
            Ledger ledger,
            Reachability reachability,
            Witness witness,
            Clock clock,
            RunOptions options,
            String runId,
            List<Part> parts) {
        List<Phase> phases =
                parts.stream().flatMap(part -> part.phases().stream()).toList();
        this.api = api;
        this.parts = parts;
        this.options = options;
        this.clock = clock;
        this.reachability = reachability;
        this.measurements = new Measurements(phases);
        this.receipts = new Receipts(api, measurements, clock);
        this.traffic = new Traffic(
                api,
                tokens,
                ledger,
                measurements,
                receipts,
                reachability,
                witness,
                clock,
                new Traffic.Settings(runId, options.timeout(), options.maxInFlight(), options.naiveRetries()));
        this.length = phases.stream().map(Phase::length).reduce(Duration.ZERO, Duration::plus);
        this.current = stretch(parts.getFirst(), Duration.ZERO);
    }

    /** Blocks until the last answer, or until the target is lost. */
    void run(@Nullable IntervalSink sink) {
        sampler = new Sampler(measurements, traffic, clock, now -> current.phase(now), sink);
        long start = clock.nanoTime();
        Duration before = Duration.ZERO;
        int firstPhase = 0;
        for (Part part : parts) {
            current = stretch(part, before);
            send(part, firstPhase);
            firstPhase += part.phases().size();
            before = part.phases().stream().map(Phase::length).reduce(before, Duration::plus);
        }
        await(() -> traffic.open() == 0, api.longest(options.timeout()));
        took = Duration.ofNanos(clock.nanoTime() - start);
    }

    Sent result() {
        Sampler sampled = sampler;
        return new Sent(
                took,
                measurements.phases(),
                measurements.measured(),
                measurements.latencies(),
                measurements.overall(),
                measurements.lag(),
                measurements.heldBack(),
                traffic.skipped(),
                traffic.deferred(),
                traffic.abandoned(),
                traffic.retries(),
                sampled == null ? List.of() : sampled.seconds(),
                reachability.isLost() ? reachability.trouble() : null);
    }

    boolean isFollowing() {
        return receipts.isFollowing();
    }

    Staleness staleness() {
        return receipts.result();
    }

    Snapshot snapshot() {
        long now = clock.nanoTime();
        Stretch stretch = current;
        return new Snapshot(Stage.TRAFFIC, stretch.elapsed(now).toMillis(), length.toMillis(), detail(stretch, now));
    }

    /** Ends the series. */
    @Override
    public void close() {
        Sampler sampled = sampler;
        if (sampled != null) {
            sampled.close();
        }
    }

    private String detail(Stretch stretch, long now) {
        String trouble = reachability.trouble();
        if (trouble != null) {
            return "target down: " + trouble;
        }
        Sampler sampled = sampler;
        Second second = sampled == null ? null : sampled.last();
        String phase = stretch.phase(now);
        if (second == null) {
            return phase;
        }
        return "%s  %,.0f/s  p99 %,.0f ms  %,d shed  %,d open"
                .formatted(
                        phase,
                        second.requests().accepted() / second.length(),
                        second.latency().p99(),
                        second.requests().shed(),
                        second.underWay());
    }

    private Stretch stretch(Part part, Duration before) {
        return new Stretch(part, new Timeline(part.phases()), before, clock.nanoTime());
    }

    private void send(Part part, int firstPhase) {
        Timeline timeline = current.timeline();
        new Pacer(clock)
                .walk(
                        part.operations().iterator(),
                        (planned, intended) -> traffic.send(
                                planned.operation(),
                                firstPhase + timeline.at(planned.atNanos()),
                                part.insists(),
                                intended),
                        reachability::isLost);
        if (part.insists()) {
            await(() -> traffic.open() == 0, Traffic.PATIENCE.plus(api.longest(options.timeout())));
        }
    }

    private void await(BooleanSupplier condition, Duration patience) {
        long deadline = clock.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < deadline) {
            clock.awaitNanos(clock.nanoTime() + POLL.toNanos());
        }
    }
}
