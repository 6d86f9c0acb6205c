package spillway.gateway.route;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;

/**
 * A bulkhead per service: bounds how many requests are under way to it, so that a slow one cannot take the gateway. One
 * more is refused at once, before anything is sent. Admission refuses below this bound, by a limit that adapts; this one holds without it, and for
 * what the gateway asks itself.
 *
 * <p>The bound is here and not the connection pool's because a refusal must be certain: when the pool gives up waiting for
 * a connection at the very moment it gets one, the request is sent although the caller is told that it was not. The pool
 * is larger than the bound, so that nobody waits in it.
 */
@Component
public final class Bulkhead implements GlobalFilter, Ordered {

    /** Around {@link ServiceFailures}: a refusal is no failure of the service. */
    public static final int ORDER = ServiceFailures.ORDER - 1;

    /** The id of the route to post-content-service. */
    public static final String CONTENT = "content";

    /** The id of the route to post-metrics-service. */
    public static final String METRICS = "metrics";

    /** The id of the route to post-analytics-service. */
    public static final String ANALYTICS = "analytics";

    private final int most;
    private final ShedLedger shed;
    private final ConcurrentMap<String, Semaphore> places = new ConcurrentHashMap<>();

    /**
     * The bound's configuration.
     *
     * @param inFlight requests under way to one service, up to half of the connection pool; past it callers are refused
     */
    @Validated
    @ConfigurationProperties("spillway.gateway")
    record Bound(@Min(1) @Max(500) @DefaultValue("200") int inFlight) {}

    Bulkhead(Bound bound, ShedLedger shed) {
        this.most = bound.inFlight();
        this.shed = shed;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return around(route.getId(), chain.filter(exchange)).doOnError(ServiceFailure.class, failure -> {
            if (failure.isOwnRefusal()) {
                shed.shed(traffic(exchange), Reason.QUEUE_FULL, 1);
            }
        });
    }

    static TrafficClass traffic(ServerWebExchange exchange) {
        return TrafficClass.of(
                exchange.getRequest().getMethod().name(),
                exchange.getRequest().getPath().value());
    }

    /** A request to a service that the gateway sends itself, in a place among all others. */
    public <T> Mono<T> around(String service, Mono<T> request) {
        Semaphore free = places.computeIfAbsent(service, name -> new Semaphore(most));
        return Mono.defer(() -> {
            if (!free.tryAcquire()) {
                return Mono.error(ServiceFailure.tooManyUnderWay());
            }
            return request.doFinally(end -> free.release());
        });
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
