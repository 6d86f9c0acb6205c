package spillway.gateway.quota;

import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.TimeUnit;

/**
 * Whether a request is within its quota.
 *
 * @param remaining requests that may follow at once
 * @param waitNanos until the next one may come, zero if at once
 * @param resetNanos until the whole burst is free again
 */
record Verdict(boolean admitted, long remaining, long waitNanos, long resetNanos) {

    static Verdict of(ConsumptionProbe probe) {
        return new Verdict(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                probe.getNanosToWaitForRefill(),
                probe.getNanosToWaitForReset());
    }

    /** Rounded up: who comes back by it is let in. */
    static long seconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
