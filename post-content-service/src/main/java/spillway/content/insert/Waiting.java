package spillway.content.insert;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import spillway.platform.batch.Gathering;

/** One caller and its row. Not a record: two callers with the same row are two. */
final class Waiting<R, A> implements Gathering.Caller {

    private final R row;
    private final long since;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable Outcome<A> outcome;

    /** @param since when it came, in nanoseconds */
    Waiting(R row, long since) {
        this.row = row;
        this.since = since;
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

    /** Null while it is open. */
    @Nullable Outcome<A> outcome() {
        return outcome;
    }

    Outcome<A> await() throws InterruptedException {
        settled.await();
        Outcome<A> known = outcome;
        if (known == null) {
            throw new IllegalStateException("settled without an outcome");
        }
        return known;
    }
}
