package spillway.content.shard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a shard that hangs is kept from harming callers of the others.
 *
 * @param maxWaiting callers that may wait for a connection of one shard; past it they are refused at once
 * @param hangs callers in a row, with none served in between, whom the shard left without a word for {@code patience}: then
 *     nobody is let through for {@code pause}
 * @param patience shorter than {@code spillway.content.connection-wait}, which is how long callers wait
 * @param pause from then to a probe, which is one caller, and between probes
 */
@Validated
@ConfigurationProperties("spillway.content.breaker")
record BreakerRules(
        @Min(1) @Max(10_000) @DefaultValue("32") int maxWaiting,
        @Min(1) @DefaultValue("3") int hangs,
        @NotNull @DefaultValue("500ms") Duration patience,
        @NotNull @DefaultValue("1s") Duration pause) {}
