package spillway.content.insert;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import spillway.content.insert.Outcome.Refused;
import spillway.content.shard.OutcomeUnknown;
import spillway.platform.batch.Gathering;
import spillway.platform.deadline.Deadline;
import spillway.platform.deadline.DeadlinePassed;

/**
 * The inserts of one shard: collects what comes at the same time into one transaction and gives each caller its own answer,
 * after the commit (invariant I1). Thread-safe.
 *
 * <p>A {@link Gathering} decides when a batch leaves. What has waited too long is refused instead of sent.
 *
 * <p>A transaction that fails for a reason that lies in its rows had no effect and is tried again in halves, so that in the
 * end a bad row fails alone: one among n costs its neighbours about 2 log n short transactions. Any other failure is the
 * answer of all: where the shard is away, or the outcome of the commit unknown, trying again would not be the same insert.
 *
 * @param <R> a row
 * @param <A> what its caller is told
 */
final class Batches<R, A> {

    private static final String STOPPING = "The service is stopping.";

    private final long maxWaitNanos;
    private final Function<List<R>, List<Outcome<A>>> transaction;
    private final Predicate<RuntimeException> liesInTheRows;
    private final Scheduling scheduling;
    private final BatchMeters meters;
    private final Gathering<Waiting<R, A>> gathering;

    /**
     * @param transaction commits the rows and says of each, at its own index, what became of it
     * @param liesInTheRows whether a failed transaction is to be tried again in halves; it must have had no effect
     */
    Batches(
            InsertRules rules,
            Function<List<R>, List<Outcome<A>>> transaction,
            Predicate<RuntimeException> liesInTheRows,
            Scheduling scheduling,
            BatchMeters meters) {
        this.maxWaitNanos = rules.maxWait().toNanos();
        this.transaction = transaction;
        this.liesInTheRows = liesInTheRows;
        this.scheduling = scheduling;
        this.meters = meters;
        this.gathering = new Gathering<>(
                new Gathering.Bounds(rules.linger(), rules.maxRows(), rules.maxInFlight(), rules.maxWaiting()),
                scheduling::nanos,
                scheduling::in,
                this::moveOn);
    }

    /**
     * Returns once the row is committed, or throws what refused it.
     *
     * @throws InsertRefused when it was not sent
     * @throws DeadlinePassed when the caller's deadline passed, and it was not sent and now never is
     * @throws OutcomeUnknown when it was sent, and whether it is committed is not known
     */
    A insert(R row) {
        Deadline.current().check();
        Waiting<R, A> caller = ask(row);
        try {
            Outcome<A> outcome = caller.await();
            if (outcome == null) {
                gathering.takeBack(caller);
                outcome = caller.giveUp();
            }
            return outcome.orThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw takeBack(caller) ? new InsertRefused(STOPPING) : new OutcomeUnknown(e);
        }
    }

    /** @throws InsertRefused when too many wait already */
    Waiting<R, A> ask(R row) {
        Waiting<R, A> caller = new Waiting<>(row, scheduling.nanos(), Deadline.current());
        enter(caller);
        moveOn();
        return caller;
    }

    /** Whether the insert had not been sent, and now never is. */
    boolean takeBack(Waiting<R, A> caller) {
        return gathering.takeBack(caller);
    }

    int waiting() {
        return gathering.waiting();
    }

    void open() {
        gathering.open();
    }

    /** Takes no more inserts, and sends those it has without lingering. */
    void close() {
        gathering.close();
        moveOn();
    }

    /** Waits for what is under way; whoever is not sent by then is refused. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        gathering.awaitEmpty(atMost);
        refuse(gathering.takeOlderThan(Long.MIN_VALUE), STOPPING);
    }

    private void moveOn() {
        // Looked at whenever an insert comes or a transaction ends: either happens soon where much is waiting.
        refuse(gathering.takeOlderThan(maxWaitNanos), "The shard is too busy.");
        for (List<Waiting<R, A>> batch = gathering.nextDue(); !batch.isEmpty(); batch = gathering.nextDue()) {
            List<Waiting<R, A>> due = batch;
            scheduling.start(() -> run(due));
        }
    }

    private void run(List<Waiting<R, A>> batch) {
        long now = scheduling.nanos();
        batch.forEach(caller -> meters.waited(now - caller.since()));
        try {
            commit(batch);
        } catch (Error e) {
            // The thread's boundary: nobody waits for ever, whatever happened.
            settle(batch, new OutcomeUnknown(e));
            throw e;
        } finally {
            gathering.landed();
            moveOn();
        }
    }

    private void commit(List<Waiting<R, A>> gathered) {
        // The last look before there is no way back: who has stopped waiting stays here.
        List<Waiting<R, A>> batch = gathered.stream().filter(Waiting::leave).toList();
        if (batch.isEmpty()) {
            return;
        }
        try {
            meters.sent(batch.size());
            List<Outcome<A>> outcomes =
                    transaction.apply(batch.stream().map(Waiting::row).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).settle(outcomes.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() > 1 && liesInTheRows.test(e)) {
                batch.forEach(Waiting::comeBack);
                int half = batch.size() / 2;
                commit(batch.subList(0, half));
                commit(batch.subList(half, batch.size()));
            } else {
                settle(batch, e);
            }
        }
    }

    private void settle(List<Waiting<R, A>> callers, RuntimeException why) {
        callers.forEach(caller -> caller.settle(new Refused<>(why)));
    }

    private void refuse(List<Waiting<R, A>> callers, String why) {
        callers.forEach(caller -> caller.settle(new Refused<>(new InsertRefused(why))));
    }

    private void enter(Waiting<R, A> caller) {
        switch (gathering.enter(caller)) {
            case ENTERED -> {}
            case FULL -> throw new InsertRefused("The shard has as many inserts waiting as it takes.");
            case CLOSED -> throw new InsertRefused(STOPPING);
        }
    }
}
