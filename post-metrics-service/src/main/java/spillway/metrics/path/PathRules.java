package spillway.metrics.path;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param path the one in use after a start
 * @param subKeys of a post on the path {@code split}; never changed while counts are kept
 */
@Validated
@ConfigurationProperties("spillway.metrics.likes")
record PathRules(
        @DefaultValue("batched") LikePath path,
        @DefaultValue("16") @Min(2) @Max(1_024) int subKeys) {}
