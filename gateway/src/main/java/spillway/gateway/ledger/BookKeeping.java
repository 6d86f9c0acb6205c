package spillway.gateway.ledger;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Books each request to the API when it arrives and when its answer is settled, but for those that the edge answers and
 * books itself. It stands before everything else, so that what authentication or a limit refuses is in the books too.
 *
 * <p>The outcome is read when the response is committed, not when the chain ends: exceptions become answers only after
 * all filters. A caller that goes away before that leaves a write whose outcome nobody was told.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BookKeeping implements WebFilter {

    private final Books books;

    BookKeeping(Books books) {
        this.books = books;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().value();
        if (!TrafficClass.covers(path)) {
            return chain.filter(exchange);
        }
        Books.Entry entry = books.offer(TrafficClass.of(request.getMethod().name(), path));
        ServerHttpResponse response = exchange.getResponse();
        response.beforeCommit(() -> {
            HttpStatusCode status = response.getStatusCode();
            entry.answered(
                    status == null ? 200 : status.value(),
                    response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER));
            return Mono.empty();
        });
        return chain.filter(exchange).doOnCancel(entry::unheard);
    }
}
