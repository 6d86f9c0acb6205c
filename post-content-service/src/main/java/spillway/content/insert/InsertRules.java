package spillway.content.insert;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How inserts share transactions. All bounds are per shard and instance.
 *
 * @param path the one in use after a start
 * @param maxRows of one transaction; each row with an Idempotency-Key holds a lock of the server until it commits
 * @param linger longest that an insert waits for others while a transaction is under way, or since one began; after a
 *     quiet moment it does not
 * @param maxInFlight transactions under way; past it the next one grows. Fewer than the pool has connections
 * @param maxWaiting inserts not yet sent; past it callers are refused at once
 * @param maxWait an insert that was not sent by then is refused
 */
@Validated
@ConfigurationProperties("spillway.content.insert")
public record InsertRules(
        @NotNull @DefaultValue("batched") InsertPath path,
        @Min(1) @Max(500) @DefaultValue("128") int maxRows,
        @NotNull @DefaultValue("2ms") Duration linger,
        @Min(1) @Max(50) @DefaultValue("2") int maxInFlight,
        @Min(1) @Max(100_000) @DefaultValue("2000") int maxWaiting,
        @NotNull @DefaultValue("2s") Duration maxWait) {

    public InsertRules {
        if (linger.isNegative() || maxWait.compareTo(linger) <= 0) {
            throw new IllegalArgumentException(
                    "spillway.content.insert: 0 <= linger < max-wait does not hold for " + linger + ", " + maxWait);
        }
    }
}
