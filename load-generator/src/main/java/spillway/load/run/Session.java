package spillway.load.run;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Ledger;
import spillway.load.oracle.Observation;
import spillway.load.oracle.Oracle;
import spillway.load.oracle.Verdict;
import spillway.load.plan.Part;
import spillway.load.plan.Plan;
import spillway.load.run.Snapshot.Stage;
import spillway.load.shed.LedgerWatch;

/**
 * From the first token to the verdict: traffic may be sent several times, and is judged as a whole in the end. One thread
 * calls it and sends the traffic; only {@link #snapshot} may be asked by others.
 */
public final class Session implements AutoCloseable {

    private static final Duration RECEIPTS = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);
    /** At least so long is waited for what is no traffic (tokens, receipts, reading back), however impatient that is. */
    private static final Duration QUESTION = Duration.ofSeconds(15);

    private final Plan plan;
    private final RunOptions options;
    private final Witness witness;
    private final Clock clock = Clock.SYSTEM;
    private final Ledger ledger = new Ledger();
    private final Reachability reachability;
    private final Api api;
    private final LedgerWatch ledgers;
    private volatile Supplier<Snapshot> snapshot = () -> Snapshot.BEGINNING;
    private @Nullable Tokens tokens;
    private @Nullable Sending last;
    private @Nullable CounterMeters meters;
    private int sendings;

    public Session(Plan plan, RunOptions options) {
        this(plan, options, Witness.NOBODY);
    }

    public Session(Plan plan, RunOptions options, Witness witness) {
        this.plan = plan;
        this.options = options;
        this.witness = witness;
        this.reachability = new Reachability(options.giveUp());
        this.api = new Api(
                options.target(),
                options.maxInFlight(),
                options.timeout().compareTo(QUESTION) > 0 ? options.timeout() : QUESTION);
        this.ledgers = new LedgerWatch(options.shedLedgers());
    }

    public Snapshot snapshot() {
        return snapshot.get();
    }

    /** @throws TargetUnreachable when nobody answers, or gives no tokens */
    public void begin() throws TargetUnreachable {
        List<Long> users = plan.users();
        tokens = Tokens.fetch(api, users, done -> show(new Snapshot(Stage.TOKENS, done, users.size())));
        ledgers.begin();
    }

    /** Begins with the tokens that a session before had for the same users of the same target. */
    public void begin(Tokens known) {
        tokens = known;
        ledgers.begin();
    }

    /**
     * Opens as many connections as there may be requests under way, and uses them in turn from then on: as somebody who stands
     * before the target for many, and has kept connections when a burst comes.
     */
    public void connect() {
        api.connect();
    }

    /** Its tokens, once it has begun. */
    public Tokens tokens() {
        return Objects.requireNonNull(tokens, "not begun");
    }

    /** Sends the parts one after the other and returns with the last answer. */
    public Sent send(List<Part> parts, @Nullable IntervalSink sink) {
        String runId = options.runId() + "-" + sendings++;
        Sending sending = new Sending(api, tokens(), ledger, reachability, witness, clock, options, runId, parts);
        if (last != null) {
            last.close();
        }
        last = sending;
        URI counterMeters = options.counterMeters();
        if (meters == null && counterMeters != null) {
            meters = new CounterMeters(counterMeters, clock);
        }
        snapshot = sending::snapshot;
        sending.run(sink);
        return sending.result();
    }

    /** Waits, not for long, until the counts have caught up, so that what is sent next does not pay for what was sent. */
    public void settle(Duration patience) {
        Oracle oracle = new Oracle(ledger, List.of());
        show(new Snapshot(Stage.DRAIN, 0, patience.toMillis()));
        readBack().await(oracle, patience);
    }

    /** Drains, reads back, and judges all that was ever sent. */
    public RunResult conclude() {
        Sending sending = Objects.requireNonNull(last, "nothing was sent");
        Oracle oracle = new Oracle(ledger, plan.recorded());
        String lost = sending.result().lost();
        if (lost != null) {
            sending.close();
            return result(
                    sending,
                    Duration.ZERO,
                    false,
                    new Verdict(List.of(new Difference.TargetLost(lost)), 0, 0, 0, 0, 0, 0));
        }
        show(new Snapshot(Stage.DRAIN, 0, options.drainPatience().toMillis()));
        ReadBack readBack = readBack();
        ReadBack.Drain drain = readBack.drain(oracle);
        await(() -> !sending.isFollowing(), RECEIPTS);
        sending.close();
        show(new Snapshot(Stage.READING, 0, 1));
        Observation observation = readBack.observe(drain, oracle, ledger.expectedVotes());
        return result(sending, drain.took(), drain.complete(), oracle.judge(observation));
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
        }
        if (meters != null) {
            meters.close();
        }
        api.close();
    }

    private RunResult result(Sending sending, Duration drain, boolean drained, Verdict verdict) {
        return new RunResult(
                plan.title(),
                options.target().url(),
                options.seed(),
                sending.result(),
                ledger.books(),
                sending.staleness(),
                drain,
                drained,
                verdict,
                ledgers.end(api.told()),
                meters == null ? List.of() : meters.points());
    }

    private ReadBack readBack() {
        return new ReadBack(api, tokens(), clock, options, plan.users().getFirst());
    }

    private void await(BooleanSupplier condition, Duration patience) {
        long deadline = clock.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < deadline) {
            clock.awaitNanos(clock.nanoTime() + POLL.toNanos());
        }
    }

    private void show(Snapshot stage) {
        snapshot = () -> stage;
    }
}
