package spillway.gateway.route;

import io.netty.channel.ChannelOption;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/**
 * How the gateway's HTTP client treats the services. The connect timeout is set here once and not through the property,
 * which would copy the client for each request.
 *
 * <p>The client sends a request again by itself only when a kept connection turns out to be dead before anything was
 * sent on it; what a service may have seen is never repeated.
 */
@Component
final class ServiceClient implements HttpClientCustomizer {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    @Override
    public HttpClient customize(HttpClient client) {
        return client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true);
    }
}
