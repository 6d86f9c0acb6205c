package spillway.gateway.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * What may be sent of one group.
 *
 * @param perSecond requests per second, in the long run
 * @param burst requests at once after a pause; at least a second's
 */
record Rate(
        @Min(1) @Max(1_000_000) int perSecond,
        @Min(1) @Max(10_000_000) int burst) {

    Rate {
        if (burst < perSecond) {
            throw new IllegalArgumentException(
                    "burst must be at least per-second: " + burst + " is less than " + perSecond);
        }
    }

    Rate times(int callers) {
        return new Rate(Math.multiplyExact(perSecond, callers), Math.multiplyExact(burst, callers));
    }

    /** From nothing to a full burst. */
    Duration refill() {
        return Duration.ofMillis(Math.ceilDiv(burst * 1_000L, perSecond));
    }
}
