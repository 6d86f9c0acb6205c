package spillway.gateway.route;

import io.netty.channel.ChannelOption;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/**
 * How the gateway's HTTP client treats the services.
 *
 * <p>It never sends a request a second time by itself, which it would by default when a kept connection breaks: the
 * first may have had its effect, and under overload repeats feed the overload. The connect timeout is set here once
 * and not through the property, which would copy the client for each request.
 */
@Component
final class ServiceClient implements HttpClientCustomizer {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    @Override
    public HttpClient customize(HttpClient client) {
        return client.disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true);
    }
}
