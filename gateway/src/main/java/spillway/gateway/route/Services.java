package spillway.gateway.route;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are; each may have several instances.
 *
 * @param contentUrl posts and comments
 * @param metricsUrl likes, shares, views and counts
 * @param analyticsUrl time series
 */
@Validated
@ConfigurationProperties("spillway.gateway")
record Services(
        @NotEmpty @DefaultValue("http://127.0.0.1:8081") List<URI> contentUrl,
        @NotEmpty @DefaultValue("http://127.0.0.1:8082") List<URI> metricsUrl,
        @NotEmpty @DefaultValue("http://127.0.0.1:8083") List<URI> analyticsUrl) {}
