package spillway.content.insert;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import spillway.content.insert.Outcome.Refused;
import spillway.content.shard.OutcomeUnknown;
import spillway.platform.batch.Gathering;
import spillway.platform.deadline.Deadline;

/**
 * One caller and its row. Not a record: two callers with the same row are two. Thread-safe.
 *
 * <pre>
 * HERE   the row is in no transaction
 *   its transaction begins             -> SENT
 *   the caller gives up, or its deadline has passed when the transaction begins: refused -> SETTLED
 * SENT   what comes of it is not known
 *   its transaction had no effect and is to be tried again -> HERE
 *   the caller gives up: unknown       -> SETTLED, and it is not sent again
 *   its transaction ends               -> SETTLED
 * </pre>
 */
final class Waiting<R, A> implements Gathering.Caller {

    private final R row;
    private final long since;
    private final Deadline deadline;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable Outcome<A> outcome;
    private boolean sent;

    /**
     * @param since when it came, in nanoseconds
     * @param deadline until when the caller waits
     */
    Waiting(R row, long since, Deadline deadline) {
        this.row = row;
        this.since = since;
        this.deadline = deadline;
    }

    R row() {
        return row;
    }

    @Override
    public long since() {
        return since;
    }

    /** The first outcome is the one that counts. */
    synchronized void settle(Outcome<A> what) {
        if (outcome == null) {
            outcome = what;
            settled.countDown();
        }
    }

    /** Whether the row is to be part of the transaction that begins now. */
    synchronized boolean leave() {
        if (deadline.isPast()) {
            settle(new Refused<>(deadline.passed(null)));
        }
        if (outcome != null) {
            return false;
        }
        sent = true;
        return true;
    }

    /** The transaction that it was part of had no effect. */
    synchronized void comeBack() {
        sent = false;
    }

    /** What the caller is told who does not wait any longer. */
    synchronized Outcome<A> giveUp() {
        RuntimeException passed = deadline.passed(null);
        settle(new Refused<>(sent ? new OutcomeUnknown(passed) : passed));
        return known();
    }

    /** Null while it is open. */
    @Nullable Outcome<A> outcome() {
        return outcome;
    }

    /** Null when the deadline came first. */
    @Nullable Outcome<A> await() throws InterruptedException {
        if (deadline.isSet()) {
            return settled.await(deadline.within(Deadline.LONGEST).toNanos(), TimeUnit.NANOSECONDS) ? known() : null;
        }
        settled.await();
        return known();
    }

    private Outcome<A> known() {
        Outcome<A> known = outcome;
        if (known == null) {
            throw new IllegalStateException("settled without an outcome");
        }
        return known;
    }
}
