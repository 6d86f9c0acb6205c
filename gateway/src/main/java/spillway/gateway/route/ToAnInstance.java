package spillway.gateway.route;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Sends a request that is passed on to one instance of its route's service. */
@Component
final class ToAnInstance implements GlobalFilter, Ordered {

    private final Callees callees;

    ToAnInstance(Callees callees) {
        this.callees = callees;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
        URI asked = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
        return callees.of(route.getId()).call(ServiceFailures.isRead(exchange), instance -> {
            ServerWebExchangeUtils.reset(exchange);
            exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, at(instance, asked));
            return chain.filter(exchange);
        });
    }

    private static URI at(URI instance, URI asked) {
        return UriComponentsBuilder.fromUri(asked)
                .scheme(instance.getScheme())
                .host(instance.getHost())
                .port(instance.getPort())
                .build(true)
                .toUri();
    }

    /** Behind the filter that says what is asked of the first instance. */
    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
    }
}
