package spillway.content.upkeep;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the tables of the shards are kept.
 *
 * @param every pause between two rounds over all shards; the first round is at the start
 * @param keepKeys how long an Idempotency-Key is remembered; a send with an older one is a new intent
 * @param pages of 8 KiB of the keys' table that one transaction looks at, which bounds what it deletes
 */
@Validated
@ConfigurationProperties("spillway.content.upkeep")
record UpkeepSettings(
        @NotNull @DefaultValue("1h") Duration every,
        @NotNull @DefaultValue("24h") Duration keepKeys,
        @Min(1) @Max(10_000) @DefaultValue("64") int pages) {}
