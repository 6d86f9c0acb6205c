package spillway.gateway.edge;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.problem.Problems;
import spillway.gateway.route.Bulkhead;
import spillway.platform.id.PostId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers likes itself, from the batch that each goes into, as the service would have answered it alone. Whatever is out of
 * the ordinary (a body, an odd id, another representation wanted) passes on to the service, which alone knows its answer.
 */
final class LikesInBatches implements GlobalFilter, Ordered {

    private static final Map<HttpMethod, EdgeLike.Operation> OPERATIONS =
            Map.of(HttpMethod.PUT, EdgeLike.Operation.LIKE, HttpMethod.DELETE, EdgeLike.Operation.UNLIKE);

    private static final String RETRY_AFTER_SECONDS = "1";

    private final EdgeSwitch edge;
    private final Batches<EdgeLike, LikeReply> batches;
    private final Problems problems;
    private final JsonMapper json;

    LikesInBatches(EdgeSwitch edge, Batches<EdgeLike, LikeReply> batches, Problems problems, JsonMapper json) {
        this.edge = edge;
        this.batches = batches;
        this.problems = problems;
        this.json = json;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        PostId post = edge.isOn() ? likedPost(exchange) : null;
        EdgeLike.Operation operation = OPERATIONS.get(exchange.getRequest().getMethod());
        if (post == null || operation == null) {
            return chain.filter(exchange);
        }
        return exchange.<JwtAuthenticationToken>getPrincipal()
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("a like without a checked token")))
                .map(by -> new EdgeLike(post, Caller.of(by.getToken()).user(), operation))
                // Cancelled with the exchange, that is when the caller goes away.
                .flatMap(like -> Mono.fromFuture(() -> batches.ask(like)))
                .flatMap(reply -> switch (reply) {
                    case LikeReply.Accepted accepted -> accept(exchange.getResponse(), accepted);
                    case LikeReply.Refused refused -> refuse(exchange, refused);
                });
    }

    /** Before {@link Bulkhead}: batches have a bound of their own. */
    @Override
    public int getOrder() {
        return Bulkhead.ORDER - 1;
    }

    private static @Nullable PostId likedPost(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        TrafficClass traffic =
                TrafficClass.of(request.getMethod().name(), request.getPath().value());
        String post = ServerWebExchangeUtils.getUriTemplateVariables(exchange).get("post");
        if (traffic != TrafficClass.LIKE || post == null || !isPlain(request.getHeaders())) {
            return null;
        }
        try {
            return PostId.parse(post);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static boolean isPlain(HttpHeaders headers) {
        List<String> accept = headers.get(HttpHeaders.ACCEPT);
        return headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                && (accept == null || accept.stream().anyMatch(LikesInBatches::takesJson));
    }

    private static boolean takesJson(String accept) {
        return accept.contains(MediaType.ALL_VALUE) || accept.contains(MediaType.APPLICATION_JSON_VALUE);
    }

    private Mono<Void> accept(ServerHttpResponse response, LikeReply.Accepted accepted) {
        byte[] body = json.writeValueAsBytes(accepted);
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().setLocation(URI.create("/v1/writes/" + accepted.receipt()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private Mono<Void> refuse(ServerWebExchange exchange, LikeReply.Refused refused) {
        if (refused.type() == ProblemType.UNAVAILABLE) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        ProblemDetail problem = refused.type().with(refused.detail());
        problem.setInstance(URI.create(exchange.getRequest().getPath().value()));
        return problems.write(exchange, problem);
    }
}
