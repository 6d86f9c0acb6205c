package spillway.platform.instance;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One process of a service, and what is known of it. Thread-safe.
 *
 * <p>It is <em>away</em> once {@link AwayRules#failures} connections in a row could not be made, until one can be: then
 * nobody waits for it, but for one request per pause that tries.
 */
public final class Instance {

    private final URI url;
    private final AwayRules rules;
    private final Pauses pauses;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong nextTry = new AtomicLong();
    private volatile boolean ready = true;

    Instance(URI url, AwayRules rules, Pauses pauses) {
        this.url = url;
        this.rules = rules;
        this.pauses = pauses;
    }

    /** Base URL. */
    public URI url() {
        return url;
    }

    /** A request is on its way; to be followed by one {@link #ended}. */
    public void began() {
        underWay.incrementAndGet();
    }

    /** However it ended. */
    public void ended() {
        underWay.decrementAndGet();
    }

    /** It can be connected to. */
    public void reached() {
        // Read first: this is said with every answer, and nearly always known.
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** A connection could not be made: nothing was sent. */
    public void notReached() {
        nextTry.set(pauses.end());
        failures.incrementAndGet();
    }

    /** What it says of itself; one that is not ready is asked only when no other can be. */
    public void says(boolean isReady) {
        ready = isReady;
    }

    public boolean isReady() {
        return ready;
    }

    public boolean isAway() {
        return failures.get() >= rules.failures();
    }

    int underWay() {
        return underWay.get();
    }

    /** Whether a request may go there now. Of an instance that is away, yes is said to one request per pause. */
    boolean admits(long now) {
        if (!isAway()) {
            return true;
        }
        long next = nextTry.get();
        return now - next >= 0 && nextTry.compareAndSet(next, pauses.end());
    }

    /** When a pause that begins now is over. */
    interface Pauses {
        long end();
    }
}
