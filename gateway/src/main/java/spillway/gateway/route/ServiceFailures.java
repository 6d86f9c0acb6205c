package spillway.gateway.route;

import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Names what went wrong between the gateway and a service, both while asking and while the answer arrives. */
@Component
final class ServiceFailures implements GlobalFilter, Ordered {

    static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .onErrorMap(
                        thrown -> !(thrown instanceof BodyTooLarge),
                        thrown -> ServiceFailure.of(thrown, !isRead(exchange)));
    }

    static boolean isRead(ServerWebExchange exchange) {
        return READS.contains(exchange.getRequest().getMethod());
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
