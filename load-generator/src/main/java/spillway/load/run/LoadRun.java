package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import spillway.load.oracle.Ledger;
import spillway.load.oracle.Observation;
import spillway.load.oracle.Oracle;
import spillway.load.plan.Part;
import spillway.load.plan.Phase;
import spillway.load.plan.Plan;
import spillway.load.run.Snapshot.Stage;

/**
 * One run: tokens, traffic, drain, reading back, verdict. {@link #execute} blocks the calling thread, which sends the
 * traffic; {@link #snapshot} may be asked by any other.
 */
public final class LoadRun {

    private static final Duration RECEIPTS = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);

    private final Plan plan;
    private final RunOptions options;
    private final Clock clock = Clock.SYSTEM;
    private volatile Supplier<Snapshot> snapshot;

    public LoadRun(Plan plan, RunOptions options) {
        this.plan = plan;
        this.options = options;
        this.snapshot = () -> new Snapshot(Stage.TOKENS, 0, 1);
    }

    public Snapshot snapshot() {
        return snapshot.get();
    }

    /**
     * @throws TargetUnreachable when the run could not begin; whatever happens later is part of the result
     */
    public RunResult execute() throws TargetUnreachable {
        try (Api api = new Api(options.target(), options.maxInFlight(), options.timeout())) {
            List<Long> users = plan.users();
            Tokens tokens = Tokens.fetch(api, users, done -> show(Stage.TOKENS, done, users.size()));
            Ledger ledger = new Ledger();
            Measurements measurements = new Measurements(plan.phases());
            Receipts receipts = new Receipts(api, clock);
            Traffic traffic = new Traffic(
                    api,
                    tokens,
                    ledger,
                    measurements,
                    receipts,
                    clock,
                    new Traffic.Settings(options.runId(), options.maxInFlight()));
            Duration took = send(traffic, measurements);

            show(Stage.DRAIN, 0, options.drainPatience().toMillis());
            Oracle oracle = new Oracle(ledger, plan.recorded());
            ReadBack readBack = new ReadBack(api, tokens, clock, options, users.getFirst());
            ReadBack.Drain drain = readBack.drain(oracle);
            await(() -> !receipts.isFollowing(), RECEIPTS);
            show(Stage.READING, 0, 1);
            Observation observation = readBack.observe(drain, oracle, ledger.expectedVotes());
            return new RunResult(
                    plan.title(),
                    options.target().url(),
                    options.seed(),
                    took,
                    measurements.phases(),
                    ledger.books(),
                    measurements.latencies(),
                    measurements.lag(),
                    traffic.heldBack(),
                    traffic.skipped(),
                    traffic.deferred(),
                    traffic.abandoned(),
                    receipts.result(),
                    drain.took(),
                    drain.complete(),
                    oracle.judge(observation));
        }
    }

    private Duration send(Traffic traffic, Measurements measurements) {
        long start = clock.nanoTime();
        Duration before = Duration.ZERO;
        int phase = 0;
        for (Part part : plan.parts()) {
            send(part, phase, before, traffic, measurements);
            phase += part.phases().size();
            before = part.phases().stream().map(Phase::length).reduce(before, Duration::plus);
        }
        await(() -> traffic.open() == 0, options.timeout().multipliedBy(2).plusSeconds(1));
        return Duration.ofNanos(clock.nanoTime() - start);
    }

    private void send(Part part, int firstPhase, Duration before, Traffic traffic, Measurements measurements) {
        Timeline timeline = new Timeline(part.phases());
        long start = clock.nanoTime();
        snapshot = () -> {
            Duration elapsed = Duration.ofNanos(Math.min(clock.nanoTime() - start, timeline.length()));
            String detail = "%s  %,d accepted  %,d under way"
                    .formatted(
                            part.phases().get(timeline.at(elapsed.toNanos())).name(),
                            measurements.accepted(),
                            traffic.inFlight());
            return new Snapshot(
                    Stage.TRAFFIC,
                    before.plus(elapsed).toMillis(),
                    plan.length().toMillis(),
                    detail);
        };
        new Pacer(clock).walk(part.operations().iterator(), (planned, intended, lag) -> {
            int phase = firstPhase + timeline.at(planned.atNanos());
            measurements.planned(phase, lag);
            traffic.send(planned.operation(), phase, part.insists(), intended);
        });
        if (part.insists()) {
            await(
                    () -> traffic.open() == 0,
                    Traffic.PATIENCE.plus(options.timeout().multipliedBy(2)));
        }
    }

    private void await(BooleanSupplier condition, Duration patience) {
        long deadline = clock.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < deadline) {
            clock.awaitNanos(clock.nanoTime() + POLL.toNanos());
        }
    }

    private void show(Stage stage, long done, long total) {
        snapshot = () -> new Snapshot(stage, done, total);
    }
}
