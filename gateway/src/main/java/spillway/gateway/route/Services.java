package spillway.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are.
 *
 * @param contentUrl posts and comments
 * @param metricsUrl likes, shares, views and counts
 * @param analyticsUrl time series
 */
@Validated
@ConfigurationProperties("spillway.gateway")
public record Services(
        @NotNull @DefaultValue("http://127.0.0.1:8081") URI contentUrl,
        @NotNull @DefaultValue("http://127.0.0.1:8082") URI metricsUrl,
        @NotNull @DefaultValue("http://127.0.0.1:8083") URI analyticsUrl) {}
