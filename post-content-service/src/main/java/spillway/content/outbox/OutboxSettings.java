package spillway.content.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events leave the shards.
 *
 * @param chunk most events of one round, which is one transaction
 * @param poll longest time between looks at a shard that no commit of this instance announced
 * @param linger shortest time from the beginning of a round to the next one's, unless more is known to be there: events of
 *     a busy shard leave together, an idle shard's leave at once
 * @param ackTimeout longest wait for Kafka's acks of a chunk; longer than the producer's delivery.timeout.ms, shorter than
 *     the shards' idle-in-transaction timeout
 * @param retryDelay pause after a failed round
 */
@Validated
@ConfigurationProperties("spillway.content.outbox")
record OutboxSettings(
        @Min(1) @Max(10_000) @DefaultValue("500") int chunk,
        @NotNull @DefaultValue("1s") Duration poll,
        @NotNull @DefaultValue("20ms") Duration linger,
        @NotNull @DefaultValue("12s") Duration ackTimeout,
        @NotNull @DefaultValue("1s") Duration retryDelay) {}
