package spillway.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import spillway.platform.instance.AwayRules;

/**
 * When an instance of a service is asked.
 *
 * @param failures connections in a row that cannot be made before nobody waits for it, at least 1
 * @param pause between two requests that try nevertheless, above zero; up to half as long again, at random
 * @param probe from one question whether it is ready to the next, above zero; asked only where there are several
 * @param patience after which no answer to that means no, above zero
 */
@Validated
@ConfigurationProperties("spillway.gateway.instances")
record InstanceRules(
        @DefaultValue("3") int failures,
        @NotNull @DefaultValue("500ms") Duration pause,
        @NotNull @DefaultValue("200ms") Duration probe,
        @NotNull @DefaultValue("1s") Duration patience) {

    InstanceRules {
        if (!probe.isPositive() || !patience.isPositive()) {
            throw new IllegalArgumentException("probe and patience must be above zero: " + probe + ", " + patience);
        }
    }

    AwayRules away() {
        return new AwayRules(failures, pause);
    }
}
