package spillway.platform.instance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries below a share of the requests, so that they cannot add up to a load of their own. Thread-safe.
 *
 * <p>Each request adds the share to the budget, and a retry takes one out of it; it starts with a reserve. What is saved is
 * bounded, and so is what a long quiet time pays for.
 */
public final class RetryBudget {

    private static final long ONE = 1_000_000;

    private final long share;
    private final long most;
    private final AtomicLong saved;

    /**
     * @param share retries per request, 0 to 1
     * @param reserve retries that are there at the start
     * @param most retries that can be saved
     */
    public RetryBudget(double share, int reserve, int most) {
        if (share < 0 || share > 1 || reserve < 0 || most < reserve) {
            throw new IllegalArgumentException(
                    "share must be 0 to 1 and reserve 0 to most: " + share + ", " + reserve + ", " + most);
        }
        this.share = (long) (share * ONE);
        this.most = most * ONE;
        this.saved = new AtomicLong(reserve * ONE);
    }

    /** A request came, that is no retry. */
    public void request() {
        // Read first: nearly always there is nothing to add.
        if (saved.get() < most) {
            saved.accumulateAndGet(share, (before, more) -> Math.min(most, before + more));
        }
    }

    /** Whether there may be a retry now, which is then paid for. */
    public boolean take() {
        long before = saved.getAndUpdate(now -> now >= ONE ? now - ONE : now);
        return before >= ONE;
    }
}
