package spillway.gateway.quota;

import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import spillway.gateway.ledger.TrafficClass;
import spillway.platform.security.Caller;

/** Counts a request to the API once its user is known, but for those that the edge answers and counts itself. */
@Component
@Order(UserQuotaFilter.AFTER_SECURITY)
final class UserQuotaFilter implements WebFilter {

    static final int AFTER_SECURITY = 0;

    private final UserQuotas quotas;

    UserQuotaFilter(UserQuotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (!TrafficClass.covers(path)) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(security -> security.getAuthentication())
                .ofType(JwtAuthenticationToken.class)
                .flatMap(token -> take(exchange, path, Caller.of(token.getToken())))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private Mono<Void> take(ServerWebExchange exchange, String path, Caller caller) {
        ServerHttpRequest request = exchange.getRequest();
        return quotas.take(
                        TrafficClass.of(request.getMethod().name(), path),
                        caller,
                        request.getRemoteAddress(),
                        request.getHeaders().getValuesAsList(AddressGuard.FORWARDED))
                .doOnNext(limits -> limits.ifPresent(known -> {
                    exchange.getResponse().getHeaders().set(Limits.POLICY, known.policy());
                    exchange.getResponse().getHeaders().set(Limits.STATE, known.state());
                }))
                .then();
    }
}
