package spillway.platform.departure;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a process leaves.
 *
 * @param notice from the first sign of leaving until no request is taken any more; below
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, or it is cut off there
 */
@Validated
@ConfigurationProperties("spillway.departure")
record DepartureRules(@NotNull @DefaultValue("0s") Duration notice) {

    DepartureRules {
        if (notice.isNegative()) {
            throw new IllegalArgumentException("notice must not be negative: " + notice);
        }
    }
}
