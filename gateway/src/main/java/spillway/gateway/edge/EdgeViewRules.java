package spillway.gateway.edge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How views are batched. They are let through less, and refused sooner, than likes (invariant I6).
 *
 * @param linger longest that a view waits for others while a batch is in flight, or since one left; zero for not at all
 * @param maxViews of one batch, up to what post-metrics-service takes in a request
 * @param maxInFlight batches on their way; past it the next one grows
 * @param maxWaiting views that wait to be sent; past it callers are refused at once
 * @param maxWait age at which a view that was not sent is refused, above zero
 */
@Validated
@ConfigurationProperties("spillway.gateway.edge.views")
record EdgeViewRules(
        @NotNull @DefaultValue("8ms") Duration linger,
        @Min(1) @Max(5_000) @DefaultValue("1000") int maxViews,
        @Min(1) @Max(100) @DefaultValue("2") int maxInFlight,
        @Min(1) @DefaultValue("10000") int maxWaiting,
        @NotNull @DefaultValue("1s") Duration maxWait) {

    BatchLimits limits() {
        return new BatchLimits(linger, maxViews, maxInFlight, maxWaiting, maxWait);
    }
}
