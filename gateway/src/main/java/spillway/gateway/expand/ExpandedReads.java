package spillway.gateway.expand;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import spillway.gateway.expand.Counts.Known;
import spillway.gateway.expand.Counts.None;
import spillway.gateway.route.Bulkhead;
import spillway.platform.id.PostId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers reads of posts with {@code ?expand=metrics} with the posts and their metrics. One post and its metrics are asked
 * for side by side; the metrics of a list are one question, asked when the list is there.
 *
 * <p>The answer is the content service's, and nothing about metrics can take it away: metrics that fail, or do not come
 * within the patience, are null, and the item says why. The content service's place in the {@link Bulkhead} is given back
 * before the wait for metrics begins, so that slow metrics do not use up the places of posts.
 *
 * <p>Such an answer has no ETag. The content's would be wrong, since the counts change while it stays; one over both would
 * change with every read, since each count says as of when it is. For the same reason If-None-Match is not asked. The
 * {@code version} of a post is what an edit's If-Match needs.
 */
final class ExpandedReads implements GlobalFilter, Ordered {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String PARAMETER = "expand";
    private static final List<String> METRICS = List.of("metrics");
    private static final PathPattern ONE = PathPatternParser.defaultInstance.parse("/v1/posts/{post}");
    private static final List<PathPattern> LISTS = List.of(
            PathPatternParser.defaultInstance.parse("/v1/posts"),
            PathPatternParser.defaultInstance.parse("/v1/users/{user}/posts"));

    private final MetricsQuestion question;
    private final Duration patience;
    private final JsonMapper json;
    private final MeterRegistry meters;

    ExpandedReads(MetricsQuestion question, Duration patience, JsonMapper json, MeterRegistry meters) {
        this.question = question;
        this.patience = patience;
        this.json = json;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!isAsked(exchange)) {
            return chain.filter(exchange);
        }
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        boolean one = ONE.matches(path);
        if (!METRICS.equals(exchange.getRequest().getQueryParams().get(PARAMETER))
                || !(one || LISTS.stream().anyMatch(list -> list.matches(path)))) {
            return Mono.error(new UnknownExpansion());
        }
        return one ? post(exchange, chain, path) : list(exchange, chain);
    }

    private Mono<Void> post(ServerWebExchange exchange, GatewayFilterChain chain, PathContainer path) {
        return Mono.defer(() -> {
            CompletableFuture<@Nullable Counts> asked =
                    question.ask(ids(path), authorization(exchange)).toFuture();
            return held(exchange, chain, Expansion::ofPost, expansion -> Mono.fromFuture(asked))
                    // Also when there is no such post, or the caller goes away.
                    .doFinally(end -> asked.cancel(false));
        });
    }

    private Mono<Void> list(ServerWebExchange exchange, GatewayFilterChain chain) {
        return held(
                exchange,
                chain,
                Expansion::ofList,
                expansion -> question.ask(expansion.ids(), authorization(exchange)));
    }

    private interface Reading {
        Expansion of(JsonNode answer);
    }

    private interface Asking {
        Mono<Counts> about(Expansion expansion);
    }

    private Mono<Void> held(ServerWebExchange exchange, GatewayFilterChain chain, Reading reading, Asking asking) {
        HeldAnswer answer = new HeldAnswer(exchange.getResponse());
        ServerHttpRequest whole = exchange.getRequest()
                .mutate()
                .headers(headers -> headers.remove(HttpHeaders.IF_NONE_MATCH))
                .build();
        return chain.filter(exchange.mutate().request(whole).response(answer).build())
                .then(Mono.defer(() -> {
                    byte[] body = answer.body();
                    if (body == null) {
                        return Mono.empty();
                    }
                    clear(answer.getHeaders());
                    if (body.length == 0) {
                        // The answer to HEAD.
                        return exchange.getResponse().setComplete();
                    }
                    Expansion expansion = reading.of(json.readTree(body));
                    return asking.about(expansion)
                            .timeout(patience, Mono.just(new None(Missing.LATE)))
                            .doOnNext(this::count)
                            .flatMap(counts ->
                                    write(exchange.getResponse(), json.writeValueAsBytes(expansion.with(counts))));
                }));
    }

    /** What the content service says of the answer that it gave, and not of this one. */
    private static void clear(HttpHeaders headers) {
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.CACHE_CONTROL);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
    }

    private static Mono<Void> write(ServerHttpResponse response, byte[] body) {
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private void count(Counts counts) {
        String outcome = switch (counts) {
            case Known known -> "present";
            case None none -> none.why().tag();
        };
        meters.counter("spillway.gateway.expanded", "metrics", outcome).increment();
    }

    private static boolean isAsked(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return request.getURI().getRawQuery() != null
                && READS.contains(request.getMethod())
                && route.getId().equals(Bulkhead.CONTENT)
                && request.getQueryParams().containsKey(PARAMETER);
    }

    /** The post's id; none when it is malformed, for the content service to say so. */
    private static List<String> ids(PathContainer path) {
        String id = path.subPath(path.elements().size() - 1).value();
        try {
            return List.of(PostId.parse(id).toString());
        } catch (IllegalArgumentException noId) {
            return List.of();
        }
    }

    private static @Nullable String authorization(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    }

    @Override
    public int getOrder() {
        return Bulkhead.ORDER - 1;
    }
}
