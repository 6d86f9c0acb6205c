package spillway.gateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import spillway.gateway.route.ServiceFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends a batch of likes to post-metrics-service and reads what became of each. Thread-safe. */
final class IngestLikes {

    private static final Logger LOG = LoggerFactory.getLogger(IngestLikes.class);

    private final HttpClient http;
    private final URI likes;
    private final Duration timeout;
    private final IngestToken token;
    private final JsonMapper json;

    /**
     * @param http one that sends nothing twice
     * @param metrics base URL of the service
     * @param timeout from sending to the whole answer
     */
    IngestLikes(HttpClient http, URI metrics, Duration timeout, IngestToken token, JsonMapper json) {
        this.http = http;
        this.likes = metrics.resolve("/v1/likes");
        this.timeout = timeout;
        this.token = token;
        this.json = json;
    }

    /** Completes with a reply per like, at its index, or with the {@link ServiceFailure} that all of them share. */
    CompletionStage<List<LikeReply>> send(List<EdgeLike> batch) {
        CompletableFuture<List<LikeReply>> replies = new CompletableFuture<>();
        Mono.defer(() -> Mono.justOrEmpty(token.current()))
                .switchIfEmpty(Mono.error(() -> ServiceFailure.refused(null)))
                .flatMap(bearer -> post(bearer, batch))
                .timeout(timeout)
                .onErrorMap(thrown -> !(thrown instanceof ServiceFailure), thrown -> ServiceFailure.of(thrown, true))
                .subscribe(replies::complete, replies::completeExceptionally);
        return replies;
    }

    private Mono<List<LikeReply>> post(String bearer, List<EdgeLike> batch) {
        byte[] request = json.writeValueAsBytes(new Batch(batch));
        return http.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + bearer)
                        .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE))
                .post()
                .uri(likes)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request)))
                .responseSingle((response, content) -> content.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(body -> read(response, body, batch.size())));
    }

    /**
     * What the whole answer means. Only 202 speaks of single likes. The service refuses a request before any effect with
     * 4xx, which is a fault between the two of us and no caller's, or with {@code Retry-After}; whatever else it says, some
     * likes may have been taken.
     */
    private List<LikeReply> read(HttpClientResponse response, byte[] body, int likes) {
        int status = response.status().code();
        if (status == HttpStatus.ACCEPTED.value()) {
            return result(body).replies(likes);
        }
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        if (retryAfter != null) {
            throw ServiceFailure.refused(retryAfter);
        }
        LOG.error("post-metrics-service answered {} to a batch of {}", status, likes);
        if (status >= 400 && status < 500) {
            throw ServiceFailure.refused(null);
        }
        throw ServiceFailure.unknown(null);
    }

    private BulkResult result(byte[] body) {
        try {
            return json.readValue(body, BulkResult.class);
        } catch (JacksonException e) {
            LOG.error("post-metrics-service's answer to a batch cannot be read: {}", e.getOriginalMessage());
            throw ServiceFailure.unknown(e);
        }
    }

    private record Batch(List<EdgeLike> likes) {}
}
