package spillway.gateway.edge;

import static spillway.platform.deadline.Deadline.HEADER;

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
import spillway.gateway.deadline.Deadline;
import spillway.gateway.route.Callee;
import spillway.gateway.route.ServiceFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends batches to post-metrics-service, each to one of its instances, and reads what became of each write. Thread-safe. */
final class Ingest {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    private final HttpClient http;
    private final Callee metrics;
    private final Duration timeout;
    private final IngestToken token;
    private final JsonMapper json;

    /**
     * @param http one that sends nothing twice
     * @param timeout from sending to the whole answer
     */
    Ingest(HttpClient http, Callee metrics, Duration timeout, IngestToken token, JsonMapper json) {
        this.http = http;
        this.metrics = metrics;
        this.timeout = timeout;
        this.token = token;
        this.json = json;
    }

    /**
     * Completes with a reply per write, at its index, or with the {@link ServiceFailure} that all of them share. A service that
     * is silent past the deadline keeps the batch all the same, until the timeout: were its place in flight given to the next
     * one, that would be as lost, and its callers could not be told that nothing was done.
     *
     * @param deadline is passed on
     */
    <W> CompletionStage<List<Reply>> send(Bulk<W> bulk, List<W> batch, Deadline deadline) {
        CompletableFuture<List<Reply>> replies = new CompletableFuture<>();
        Mono.defer(() -> Mono.justOrEmpty(token.current()))
                .switchIfEmpty(Mono.error(() -> ServiceFailure.refused(null)))
                .flatMap(bearer -> metrics.call(false, instance -> post(instance, bearer, bulk, batch, deadline)))
                .timeout(timeout)
                .onErrorMap(thrown -> !(thrown instanceof ServiceFailure), thrown -> ServiceFailure.of(thrown, true))
                .subscribe(replies::complete, replies::completeExceptionally);
        return replies;
    }

    private <W> Mono<List<Reply>> post(URI instance, String bearer, Bulk<W> bulk, List<W> batch, Deadline deadline) {
        byte[] request = json.writeValueAsBytes(bulk.body().apply(batch));
        return http.headers(headers -> {
                    headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + bearer)
                            .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
                    if (deadline.bounded()) {
                        headers.set(HEADER, deadline.millisLeft(System::nanoTime));
                    }
                })
                .post()
                .uri(instance.resolve(bulk.path()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request)))
                .responseSingle((response, content) -> content.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(body -> read(response, body, bulk, batch.size())));
    }

    /**
     * What the whole answer means. Only 202 speaks of single writes. The service refuses a request before any effect
     * with 4xx, which is a fault between the two of us and no caller's, or with {@code Retry-After}; whatever else it says,
     * some writes may have been taken.
     */
    private List<Reply> read(HttpClientResponse response, byte[] body, Bulk<?> bulk, int writes) {
        int status = response.status().code();
        if (status == HttpStatus.ACCEPTED.value()) {
            return result(body, bulk).replies(writes);
        }
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        if (retryAfter != null) {
            throw ServiceFailure.refused(retryAfter);
        }
        LOG.error("post-metrics-service answered {} to a batch of {} to {}", status, writes, bulk.path());
        if (status >= 400 && status < 500) {
            throw ServiceFailure.refused(null);
        }
        throw ServiceFailure.unknown(null);
    }

    private BulkResult result(byte[] body, Bulk<?> bulk) {
        try {
            return json.readValue(body, bulk.result());
        } catch (JacksonException e) {
            LOG.error("post-metrics-service's answer to a batch cannot be read: {}", e.getOriginalMessage());
            throw ServiceFailure.unknown(e);
        }
    }
}
