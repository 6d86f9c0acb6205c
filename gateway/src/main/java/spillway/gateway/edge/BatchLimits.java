package spillway.gateway.edge;

import java.time.Duration;

/**
 * How one kind of writes is batched.
 *
 * @param linger longest that a write waits for others while a batch is in flight, or since one left; zero for not at all
 * @param most writes of one batch
 * @param maxInFlight batches on their way; past it the next one grows
 * @param maxWaiting writes that wait to be sent; past it callers are refused at once
 * @param maxWait age at which a write that was not sent is refused, above zero
 */
record BatchLimits(Duration linger, int most, int maxInFlight, int maxWaiting, Duration maxWait) {

    BatchLimits {
        if (linger.isNegative() || !maxWait.isPositive()) {
            throw new IllegalArgumentException(
                    "linger must not be negative and max-wait above zero: " + linger + ", " + maxWait);
        }
    }
}
