package spillway.gateway.expand;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How content is read together with its metrics.
 *
 * @param patience longest that content which is there waits for its metrics; then it goes without them
 */
@Validated
@ConfigurationProperties("spillway.gateway.expand")
record ExpandRules(@NotNull @DefaultValue("500ms") Duration patience) {}
