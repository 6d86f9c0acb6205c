package spillway.gateway.route;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import spillway.platform.instance.RetryBudget;

/**
 * How often a request that found no answer may go to another instance, for each service.
 *
 * @param share of the requests, 0 for never to 0.1
 * @param reserve retries that are there after a start
 * @param most retries that are saved for later, not below the reserve
 */
@Validated
@ConfigurationProperties("spillway.gateway.retries")
record RetryRules(
        @DecimalMax("0.1") @DefaultValue("0.1") double share,
        @Min(0) @DefaultValue("10") int reserve,
        @DefaultValue("100") int most) {

    RetryBudget budget() {
        return new RetryBudget(share, reserve, most);
    }
}
