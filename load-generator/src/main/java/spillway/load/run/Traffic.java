package spillway.load.run;

import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Ledger;
import spillway.load.oracle.Outcome;
import spillway.load.oracle.Readiness;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;

/**
 * Sends operations and books what becomes of them, never waiting: what may not or cannot be sent at its instant is
 * counted and dropped, or, when it insists, tried again later as a new attempt with its own intended instant.
 * Thread-safe.
 */
final class Traffic {

    /** How long an operation that insists is tried. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Api api;
    private final Tokens tokens;
    private final Ledger ledger;
    private final Measurements measurements;
    private final Receipts receipts;
    private final Reachability reachability;
    private final Witness witness;
    private final Clock clock;
    private final Settings settings;
    private final Map<Lane, AtomicInteger> inFlight = new EnumMap<>(Lane.class);
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private int sequence;

    /**
     * @param runId makes idempotency keys this run's own, since a seed repeats
     * @param timeout longest wait for an answer
     * @param maxInFlight requests under way at once on each lane; beyond it operations are held back
     * @param naiveRetries how often what does not insist and was refused, failed or not answered is sent again at once
     */
    record Settings(String runId, Duration timeout, int maxInFlight, int naiveRetries) {}

    /**
     * One attempt at an operation.
     *
     * @param intendedNanos what latency counts from; being put off does not move it, since that is our own waiting
     * @param pauses how often it was put off or sent in vain
     */
    private record Attempt(
            Operation operation,
            int phase,
            boolean insists,
            String key,
            long intendedNanos,
            long deadlineNanos,
            int pauses) {}

    Traffic(
            Api api,
            Tokens tokens,
            Ledger ledger,
            Measurements measurements,
            Receipts receipts,
            Reachability reachability,
            Witness witness,
            Clock clock,
            Settings settings) {
        this.api = api;
        this.tokens = tokens;
        this.ledger = ledger;
        this.measurements = measurements;
        this.receipts = receipts;
        this.reachability = reachability;
        this.witness = witness;
        this.clock = clock;
        this.settings = settings;
        for (Lane lane : Lane.values()) {
            inFlight.put(lane, new AtomicInteger());
        }
    }

    /**
     * Sends an operation now; its phase and whether it insists are its part's. Called by one thread, which only hands over:
     * the rest is the event loop's of its lane, so that its own delay shows as lag.
     */
    void send(Operation operation, int phase, boolean insists, long intendedNanos) {
        open.incrementAndGet();
        measurements.planned(phase);
        long deadline = intendedNanos + PATIENCE.toNanos();
        String key = settings.runId() + "-" + sequence++;
        Attempt first = new Attempt(operation, phase, insists, key, intendedNanos, deadline, 0);
        api.soon(lane(operation), () -> {
            measurements.lagged(phase, clock.nanoTime() - intendedNanos);
            attempt(first);
        });
    }

    /** Operations that have neither ended nor been given up. */
    int open() {
        return open.get();
    }

    int inFlight() {
        return inFlight.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Operations dropped because their post or like was not acknowledged, or the pair was busy. */
    long skipped() {
        return skipped.sum();
    }

    /** How often an operation that insists had to be put off, for the same reasons. */
    long deferred() {
        return deferred.sum();
    }

    /** Operations that insist and were refused to the end. */
    long abandoned() {
        return abandoned.sum();
    }

    /** Attempts that clients made at once after a refusal, a failure or no answer. */
    long retries() {
        return retries.sum();
    }

    private void attempt(Attempt attempt) {
        if (underWay(attempt.operation()).get() >= settings.maxInFlight()) {
            notNow(attempt, () -> {
                measurements.heldBack(attempt.phase());
                witness.heldBack(attempt.operation());
            });
            return;
        }
        Operation operation = attempt.operation();
        if (reachability.isLost()) {
            open.decrementAndGet();
            return;
        }
        if (ledger.intend(operation) != Readiness.READY) {
            notNow(attempt, skipped::increment);
            return;
        }
        underWay(operation).incrementAndGet();
        measurements.sent(attempt.phase(), operation.trafficClass());
        witness.sent(operation);
        String postId = operation instanceof CreatePost ? "" : Objects.requireNonNull(ledger.idOf(operation.post()));
        Call call = Requests.of(operation, postId, tokens.of(operation.user()), attempt.key());
        api.send(call, settings.timeout()).onComplete(result -> ended(attempt, result));
    }

    private void ended(Attempt attempt, AsyncResult<Answer> result) {
        long now = clock.nanoTime();
        Operation operation = attempt.operation();
        underWay(operation).decrementAndGet();
        Answer answer = result.succeeded() ? result.result() : null;
        if (result.cause() instanceof NeverSent neverSent) {
            reachability.refused(now, neverSent);
        } else {
            reachability.heard();
        }
        Outcome outcome = answer != null ? answer.outcome() : Api.outcomeOf(result.cause());
        if (operation instanceof CreatePost creation && answer != null && outcome == Outcome.ACCEPTED) {
            outcome = created(creation, answer);
        } else {
            ledger.settle(operation, outcome);
        }
        measurements.ended(attempt.phase(), operation.trafficClass(), outcome, now - attempt.intendedNanos());
        witness.ended(operation, outcome, now - attempt.intendedNanos());
        if (answer != null && outcome == Outcome.ACCEPTED && operation instanceof Like) {
            receipts.follow(answer, tokens.of(operation.user()), now);
        }
        switch (outcome) {
            case ACCEPTED, REJECTED -> open.decrementAndGet();
            case SHED -> {
                if (answer != null && answer.isSuccess()) {
                    // Not refused: another view stands for it, and there is nothing to send again.
                    open.decrementAndGet();
                } else {
                    retry(attempt, answer);
                }
            }
            case FAILED, UNKNOWN -> retry(attempt, answer);
        }
    }

    private Outcome created(CreatePost creation, Answer answer) {
        String id = answer.json().path("id").asString("");
        if (id.isEmpty()) {
            ledger.settle(creation, Outcome.UNKNOWN);
            return Outcome.UNKNOWN;
        }
        ledger.created(creation, id);
        witness.created(creation.post(), id);
        return Outcome.ACCEPTED;
    }

    private void notNow(Attempt attempt, Runnable dropped) {
        if (attempt.insists()) {
            deferred.increment();
            Duration pause = Backoff.whileNotReady(attempt.key(), attempt.pauses());
            again(attempt, pause, attempt.intendedNanos());
        } else {
            dropped.run();
            open.decrementAndGet();
        }
    }

    private void retry(Attempt attempt, @Nullable Answer answer) {
        if (!attempt.insists()) {
            if (attempt.pauses() < settings.naiveRetries()) {
                retries.increment();
                // The caller has waited since the first attempt, whatever is sent now.
                again(attempt, Duration.ofMillis(1), attempt.intendedNanos());
            } else {
                open.decrementAndGet();
            }
            return;
        }
        Duration asked = answer == null ? null : answer.pause();
        Duration pause = Backoff.afterRefusal(attempt.key(), attempt.pauses(), asked);
        again(attempt, pause, clock.nanoTime() + pause.toNanos());
    }

    private void again(Attempt last, Duration pause, long intended) {
        if (reachability.isLost() || clock.nanoTime() + pause.toNanos() > last.deadlineNanos()) {
            abandoned.increment();
            open.decrementAndGet();
            return;
        }
        Attempt next = new Attempt(
                last.operation(),
                last.phase(),
                last.insists(),
                last.key(),
                intended,
                last.deadlineNanos(),
                last.pauses() + 1);
        api.later(lane(last.operation()), pause, () -> attempt(next));
    }

    private AtomicInteger underWay(Operation operation) {
        return Objects.requireNonNull(inFlight.get(lane(operation)));
    }

    private static Lane lane(Operation operation) {
        return Lane.of(operation.trafficClass());
    }
}
