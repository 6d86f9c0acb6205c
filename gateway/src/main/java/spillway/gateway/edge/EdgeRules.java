package spillway.gateway.edge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether writes are batched, and how likes are; {@link EdgeViewRules} says it of views.
 *
 * @param enabled whether they are after a start, provided that there is a token to send them with
 * @param tokenFile holds a token with scope {@code ingest}, read again when it changes; none: the gateway signs its own
 *     where it issues development tokens
 * @param linger longest that a like waits for others while a batch is in flight, or since one left; zero for not at all
 * @param maxLikes of one batch, up to what post-metrics-service takes in a request
 * @param maxInFlight batches on their way; past it the next one grows
 * @param maxWaiting likes that wait to be sent; past it callers are refused at once
 * @param maxWait age at which a like that was not sent is refused, above zero
 */
@Validated
@ConfigurationProperties("spillway.gateway.edge")
record EdgeRules(
        @DefaultValue("true") boolean enabled,
        @Nullable Path tokenFile,
        @NotNull @DefaultValue("8ms") Duration linger,
        @Min(1) @Max(5_000) @DefaultValue("1000") int maxLikes,
        @Min(1) @Max(100) @DefaultValue("4") int maxInFlight,
        @Min(1) @DefaultValue("10000") int maxWaiting,
        @NotNull @DefaultValue("2s") Duration maxWait) {

    BatchLimits likes() {
        return new BatchLimits(linger, maxLikes, maxInFlight, maxWaiting, maxWait);
    }
}
