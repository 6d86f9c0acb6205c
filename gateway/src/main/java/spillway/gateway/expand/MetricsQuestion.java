package spillway.gateway.expand;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import spillway.gateway.expand.Counts.Known;
import spillway.gateway.expand.Counts.None;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Callee;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks post-metrics-service about many posts at once, in the name of the caller. Thread-safe. */
final class MetricsQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsQuestion.class);

    private final HttpClient http;
    private final Callee metrics;
    private final Bulkhead bulkhead;
    private final JsonMapper json;

    MetricsQuestion(HttpClient http, Callee metrics, Bulkhead bulkhead, JsonMapper json) {
        this.http = http;
        this.metrics = metrics;
        this.bulkhead = bulkhead;
        this.json = json;
    }

    /**
     * Never fails. How long it may take is for the caller to say, who cancels it.
     *
     * @param authorization the caller's header, if there is one
     */
    Mono<Counts> ask(List<String> ids, @Nullable String authorization) {
        if (ids.isEmpty()) {
            return Mono.just(new Known(Map.of()));
        }
        Mono<Counts> asked = metrics.call(true, instance -> ask(instance, ids, authorization));
        return bulkhead.around(Bulkhead.METRICS, asked).onErrorResume(thrown -> {
            LOG.debug("No metrics of {} posts", ids.size(), thrown);
            return Mono.just(unavailable());
        });
    }

    private Mono<Counts> ask(URI instance, List<String> ids, @Nullable String authorization) {
        return http.headers(headers -> {
                    if (authorization != null) {
                        headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
                    }
                })
                .get()
                .uri(instance.resolve("/v1/metrics?ids=" + String.join(",", ids)))
                .responseSingle((response, content) ->
                        content.asByteArray().map(body -> read(response, body)).defaultIfEmpty(unavailable()));
    }

    private Counts read(HttpClientResponse response, byte[] body) {
        if (response.status().code() != HttpStatus.OK.value()) {
            LOG.debug("No metrics: post-metrics-service answered {}", response.status());
            return unavailable();
        }
        Map<String, JsonNode> byPost = new HashMap<>();
        for (JsonNode item : json.readTree(body).path("items")) {
            byPost.put(item.path("postId").asString(), item);
        }
        return new Known(byPost);
    }

    private static Counts unavailable() {
        return new None(Missing.UNAVAILABLE);
    }
}
