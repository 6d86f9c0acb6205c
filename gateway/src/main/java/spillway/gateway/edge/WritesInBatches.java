package spillway.gateway.edge;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.problem.Problems;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers likes and views itself, from the batch that each goes into, as the service would have answered it alone. Whatever
 * is out of the ordinary (a body, a query, an odd id, another representation wanted, a token that is not valid) goes the way
 * of all other requests, which alone knows its answer.
 *
 * <p>It stands before the chain of security filters and before the routes. Of what they would do for such a write, two
 * things remain and are done here: the token is checked by the same decoder, and the headers that every answer carries are
 * set. Walking through both chains took three quarters of the gateway's processor time per like (docs/adr/0008).
 */
final class WritesInBatches implements WebFilter, Ordered {

    /** After the books, before everything else. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final String POSTS = "/v1/posts/";
    private static final String BEARER = "Bearer ";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final EdgeSwitch edge;
    private final ReactiveJwtDecoder tokens;
    private final Map<HttpMethod, BatchedWrite<?>> writes;
    private final SecureHeaders secureHeaders;
    private final Problems problems;
    private final JsonMapper json;

    /**
     * @param tokens the decoder that also checks the tokens of all other requests
     * @param writes one per method at most
     */
    WritesInBatches(
            EdgeSwitch edge,
            ReactiveJwtDecoder tokens,
            List<BatchedWrite<?>> writes,
            SecureHeaders secureHeaders,
            Problems problems,
            JsonMapper json) {
        this.edge = edge;
        this.tokens = tokens;
        this.writes = writes.stream().collect(Collectors.toUnmodifiableMap(BatchedWrite::method, Function.identity()));
        this.secureHeaders = secureHeaders;
        this.problems = problems;
        this.json = json;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        BatchedWrite<?> write = writes.get(request.getMethod());
        PostId post = write == null || !edge.isOn() ? null : plainPost(request, write.ending());
        String token = post == null ? null : bearer(request.getHeaders());
        if (write == null || post == null || token == null) {
            return chain.filter(exchange);
        }
        return tokens.decode(token)
                .map(jwt -> Optional.of(Caller.of(jwt).user()))
                // Refused, with the reason and the challenge, by those whose task that is.
                .onErrorReturn(Optional.empty())
                .flatMap(user -> user.isEmpty() ? chain.filter(exchange) : answer(exchange, write, post, user.get()));
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    private Mono<Void> answer(ServerWebExchange exchange, BatchedWrite<?> write, PostId post, UserId user) {
        exchange.getResponse().beforeCommit(() -> secureHeaders.writeHttpHeaders(exchange));
        // Cancelled with the exchange, that is when the caller goes away.
        return Mono.fromFuture(() -> write.send(post, user)).flatMap(reply -> switch (reply) {
            case Reply.Accepted accepted -> accept(exchange.getResponse(), accepted);
            case Reply.Taken taken -> take(exchange.getResponse());
            case Reply.Refused refused -> refuse(exchange, refused);
        });
    }

    /** The path as it was sent, undecoded, is exactly that of a write, so no two parsers can read it differently. */
    private static @Nullable PostId plainPost(ServerHttpRequest request, String ending) {
        String path = request.getPath().value();
        if (!path.startsWith(POSTS)
                || !path.endsWith(ending)
                || request.getURI().getRawQuery() != null
                || !isPlain(request.getHeaders())) {
            return null;
        }
        try {
            return PostId.parse(path.substring(POSTS.length(), path.length() - ending.length()));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static @Nullable String bearer(HttpHeaders headers) {
        List<String> authorization = headers.get(HttpHeaders.AUTHORIZATION);
        return authorization != null
                        && authorization.size() == 1
                        && authorization.getFirst().startsWith(BEARER)
                ? authorization.getFirst().substring(BEARER.length())
                : null;
    }

    private static boolean isPlain(HttpHeaders headers) {
        List<String> accept = headers.get(HttpHeaders.ACCEPT);
        return headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                && (accept == null || accept.stream().anyMatch(WritesInBatches::takesJson));
    }

    private static boolean takesJson(String accept) {
        return accept.contains(MediaType.ALL_VALUE) || accept.contains(MediaType.APPLICATION_JSON_VALUE);
    }

    private Mono<Void> accept(ServerHttpResponse response, Reply.Accepted accepted) {
        byte[] body = json.writeValueAsBytes(accepted);
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().set(HttpHeaders.LOCATION, "/v1/writes/" + accepted.receipt());
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Mono<Void> take(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().setContentLength(0);
        return response.setComplete();
    }

    private Mono<Void> refuse(ServerWebExchange exchange, Reply.Refused refused) {
        if (refused.type() == ProblemType.UNAVAILABLE) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        ProblemDetail problem = refused.type().with(refused.detail());
        problem.setInstance(URI.create(exchange.getRequest().getPath().value()));
        return problems.write(exchange, problem);
    }
}
