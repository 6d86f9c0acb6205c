package spillway.batcher.audit;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How gently counts are audited.
 *
 * @param postsPerSecond posts that are compared, by each batcher; 0 switches the audit off
 * @param pause from the end of a pass over all posts to the start of the next
 */
@Validated
@ConfigurationProperties("spillway.batcher.audit")
record AuditRules(
        @Min(0) @DefaultValue("500") int postsPerSecond,
        @NotNull @DefaultValue("10s") Duration pause) {}
