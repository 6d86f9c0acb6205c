package spillway.metrics.views;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How views are gathered.
 *
 * @param flushEvery how often what was gathered goes to Redis
 * @param posts different posts gathered between two flushes; views of more are refused
 * @param viewers viewers remembered between two flushes, over all posts; more are not counted as unique
 */
@Validated
@ConfigurationProperties("spillway.metrics.views")
record ViewRules(
        @NotNull @DefaultValue("100ms") Duration flushEvery,
        @Min(1) @DefaultValue("100000") int posts,
        @Min(1) @DefaultValue("200000") int viewers) {}
