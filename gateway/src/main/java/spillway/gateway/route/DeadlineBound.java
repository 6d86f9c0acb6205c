package spillway.gateway.route;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Deadlines;
import spillway.gateway.deadline.Expired;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;

/**
 * Answers when the caller's deadline passes: to a write, before it is sent that nothing was done, after that what a service's
 * silence means; to a read that it is late, wherever it is. It stands around everything that can wait.
 */
@Component
final class DeadlineBound implements GlobalFilter, Ordered {

    private final ShedLedger shed;

    DeadlineBound(ShedLedger shed) {
        this.shed = shed;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Deadline deadline = Deadlines.of(exchange.getRequest());
        if (!deadline.bounded()) {
            return chain.filter(exchange);
        }
        if (deadline.hasPassed(System::nanoTime)) {
            if (ServiceFailures.isRead(exchange)) {
                return Mono.error(ServiceFailure.late(false));
            }
            shed.shed(Bulkhead.traffic(exchange), Reason.EXPIRED, 1);
            return Mono.error(new Expired());
        }
        return chain.filter(exchange)
                .timeout(
                        deadline.left(System::nanoTime),
                        Mono.error(() -> ServiceFailure.late(!ServiceFailures.isRead(exchange))));
    }

    @Override
    public int getOrder() {
        return Bulkhead.ORDER - 2;
    }
}
