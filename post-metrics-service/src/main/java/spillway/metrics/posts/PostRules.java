package spillway.metrics.posts;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long it is believed that a post exists.
 *
 * @param known how long an instance believes a post exists before it asks Redis again; a deletion handled by another
 *     instance is noticed that late
 * @param unknown how long it believes that there is none; short, because the post may be on its way
 * @param remembered posts remembered per instance
 * @param timeout longest wait for the content service
 * @param asked requests under way to the content service; more wait their turn
 * @param waiting of those; past it nobody can say whether their post exists, at once
 */
@Validated
@ConfigurationProperties("spillway.metrics.posts")
record PostRules(
        @NotNull @DefaultValue("30s") Duration known,
        @NotNull @DefaultValue("1s") Duration unknown,
        @Min(1) @DefaultValue("200000") int remembered,
        @NotNull @DefaultValue("2s") Duration timeout,
        @Min(1) @DefaultValue("64") int asked,
        @Min(1) @DefaultValue("10000") int waiting) {}
