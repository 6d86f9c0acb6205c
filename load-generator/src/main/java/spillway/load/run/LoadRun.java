package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import spillway.load.oracle.Ledger;
import spillway.load.oracle.Observation;
import spillway.load.oracle.Oracle;
import spillway.load.plan.Phase;
import spillway.load.plan.Plan;
import spillway.load.run.Snapshot.Stage;

/**
 * One run: tokens, traffic, drain, reading back, verdict. {@link #execute} blocks the calling thread, which sends the
 * traffic; {@link #snapshot} may be asked by any other.
 */
public final class LoadRun {

    /** Beyond the longest answer, for those that an insisting plan sends again. */
    private static final Duration INSISTENCE = Duration.ofMinutes(3);

    private static final Duration RECEIPTS = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);

    private final Plan plan;
    private final RunOptions options;
    private final Timeline timeline;
    private final Clock clock = Clock.SYSTEM;
    private volatile Supplier<Snapshot> snapshot;

    public LoadRun(Plan plan, RunOptions options) {
        this.plan = plan;
        this.options = options;
        this.timeline = new Timeline(plan.phases());
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
                    new Traffic.Settings(options.runId(), options.maxInFlight(), plan.insists(), timeline));
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
                    plan.insists(),
                    took,
                    measurements.phases(),
                    ledger.books(),
                    measurements.latencies(),
                    measurements.lag(),
                    traffic.heldBack(),
                    traffic.skipped(),
                    traffic.abandoned(),
                    receipts.result(),
                    drain.took(),
                    drain.complete(),
                    oracle.judge(observation));
        }
    }

    private Duration send(Traffic traffic, Measurements measurements) {
        long start = clock.nanoTime();
        List<Phase> phases = plan.phases();
        long total = plan.length().toMillis();
        snapshot = () -> {
            long elapsed = clock.nanoTime() - start;
            String detail = "%s  %,d accepted  %,d under way"
                    .formatted(phases.get(timeline.at(elapsed)).name(), measurements.accepted(), traffic.inFlight());
            return new Snapshot(Stage.TRAFFIC, Math.min(elapsed / 1_000_000, total), total, detail);
        };
        new Pacer(clock).walk(plan.operations(), traffic);
        Duration patience = options.timeout().multipliedBy(2).plus(plan.insists() ? INSISTENCE : Duration.ofSeconds(1));
        await(() -> traffic.open() == 0, patience);
        return Duration.ofNanos(clock.nanoTime() - start);
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
