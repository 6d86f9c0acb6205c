package spillway.content.insert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import spillway.content.insert.Outcome.Refused;
import spillway.content.shard.OutcomeUnknown;

/**
 * The inserts of one shard: collects what comes at the same time into one transaction and gives each caller its own answer,
 * after the commit (invariant I1). Thread-safe.
 *
 * <p>When a batch leaves depends on how many transactions are under way, so that batches are as large as the shard is busy:
 *
 * <ul>
 *   <li>none: at once, however small, so that an idle shard makes nobody wait;
 *   <li>some: when it is full, or its oldest insert has waited for the linger;
 *   <li>as many as may be: not before one of them ends. It grows meanwhile, up to a bound past which callers are refused,
 *       and what has waited too long is refused instead of sent.
 * </ul>
 *
 * <p>A transaction that fails for a reason that lies in its rows had no effect and is tried again in halves, so that in the
 * end a bad row fails alone: one among n costs its neighbours about 2 log n short transactions. Any other failure is the
 * answer of all: where the shard is away, or the outcome of the commit unknown, trying again would not be the same insert.
 *
 * @param <R> a row
 * @param <A> what its caller is told
 */
final class Batches<R, A> {

    private final InsertRules rules;
    private final Function<List<R>, List<Outcome<A>>> transaction;
    private final Predicate<RuntimeException> liesInTheRows;
    private final Scheduling scheduling;
    private final BatchMeters meters;
    private final SequencedSet<Waiting<R, A>> waiting = new LinkedHashSet<>();
    private int inFlight;
    private boolean alarmIsSet;
    private boolean closed;

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
        this.rules = rules;
        this.transaction = transaction;
        this.liesInTheRows = liesInTheRows;
        this.scheduling = scheduling;
        this.meters = meters;
    }

    /**
     * Returns once the row is committed, or throws what refused it.
     *
     * @throws InsertRefused when it was not sent
     * @throws OutcomeUnknown when it was sent, and whether it is committed is not known
     */
    A insert(R row) {
        Waiting<R, A> caller = ask(row);
        try {
            return caller.await().orThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw takeBack(caller) ? new InsertRefused("The service is stopping.") : new OutcomeUnknown(e);
        }
    }

    /** @throws InsertRefused when too many wait already */
    Waiting<R, A> ask(R row) {
        Waiting<R, A> caller = new Waiting<>(row, scheduling.nanos());
        enter(caller);
        moveOn();
        return caller;
    }

    /** Whether the insert had not been sent, and now never is. */
    synchronized boolean takeBack(Waiting<R, A> caller) {
        return waiting.remove(caller);
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized void open() {
        closed = false;
    }

    /** Takes no more inserts, and sends those it has without lingering. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        moveOn();
    }

    /** Waits for what is under way; whoever is not sent by then is refused. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            for (long left = atMost.toNanos();
                    left > 0 && (inFlight > 0 || !waiting.isEmpty());
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        refuse(takeOlderThan(Long.MIN_VALUE), "The service is stopping.");
    }

    private void moveOn() {
        refuse(takeOlderThan(rules.maxWait().toNanos()), "The shard is too busy.");
        for (List<Waiting<R, A>> batch = nextDue(); !batch.isEmpty(); batch = nextDue()) {
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
            landed();
            moveOn();
        }
    }

    private void commit(List<Waiting<R, A>> batch) {
        try {
            meters.sent(batch.size());
            List<Outcome<A>> outcomes =
                    transaction.apply(batch.stream().map(Waiting::row).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).settle(outcomes.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() > 1 && liesInTheRows.test(e)) {
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

    private synchronized void enter(Waiting<R, A> caller) {
        if (closed) {
            throw new InsertRefused("The service is stopping.");
        }
        if (waiting.size() >= rules.maxWaiting()) {
            throw new InsertRefused("The shard has as many inserts waiting as it takes.");
        }
        waiting.add(caller);
    }

    private synchronized void landed() {
        inFlight--;
        notifyAll();
    }

    /** Looked at whenever an insert comes or a transaction ends: either happens soon where much is waiting. */
    private synchronized List<Waiting<R, A>> takeOlderThan(long nanos) {
        List<Waiting<R, A>> old = new ArrayList<>();
        while (!waiting.isEmpty() && age(waiting.getFirst()) >= nanos) {
            old.add(waiting.removeFirst());
        }
        return old;
    }

    /** Takes the next batch if it may leave, else nothing; then an alarm is set if nothing else will ask again. */
    private synchronized List<Waiting<R, A>> nextDue() {
        if (waiting.isEmpty() || inFlight >= rules.maxInFlight()) {
            return List.of();
        }
        long lingering = rules.linger().toNanos() - age(waiting.getFirst());
        if (inFlight > 0 && waiting.size() < rules.maxRows() && lingering > 0 && !closed) {
            wakeIn(lingering);
            return List.of();
        }
        inFlight++;
        List<Waiting<R, A>> batch = new ArrayList<>();
        Iterator<Waiting<R, A>> oldest = waiting.iterator();
        while (oldest.hasNext() && batch.size() < rules.maxRows()) {
            batch.add(oldest.next());
            oldest.remove();
        }
        return batch;
    }

    /** One alarm is enough: if its batch left before, it rings too early for the next one, and is set again. */
    private void wakeIn(long delayNanos) {
        if (!alarmIsSet) {
            alarmIsSet = true;
            scheduling.in(Duration.ofNanos(delayNanos), this::wake);
        }
    }

    private void wake() {
        synchronized (this) {
            alarmIsSet = false;
        }
        moveOn();
    }

    private long age(Waiting<R, A> caller) {
        return scheduling.nanos() - caller.since();
    }
}
