package spillway.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import spillway.gateway.route.Callee;
import spillway.gateway.route.Callees;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the API's description. The services are asked once and for all callers; the answer is kept for half a minute,
 * for a second while a service is missing.
 */
@RestController
class ApiDocs {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDocs.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FRESH_WHILE_INCOMPLETE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_DOCUMENT = 2 << 20;

    private final JsonMapper json;
    private final WebClient client;
    private final ObjectNode own;
    private final ArrayNode additions;
    private final Mono<Merged> current;

    ApiDocs(Callees callees, JsonMapper json) throws IOException {
        this.json = json;
        this.client = WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_DOCUMENT))
                .build();
        this.own = (ObjectNode) resource("openapi.json");
        this.additions = (ArrayNode) resource("openapi-additions.json");
        this.current = Flux.fromIterable(callees.all().entrySet())
                .flatMapSequential(this::fetch)
                .collectList()
                .map(this::merge)
                .cache(
                        merged -> merged.complete() ? FRESH : FRESH_WHILE_INCOMPLETE,
                        failure -> Duration.ZERO,
                        () -> Duration.ZERO);
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<String> document() {
        return current.map(Merged::document);
    }

    private JsonNode resource(String name) throws IOException {
        try (InputStream document = new ClassPathResource(name).getInputStream()) {
            return json.readTree(document);
        }
    }

    private Mono<Fetched> fetch(Map.Entry<String, Callee> service) {
        return service.getValue()
                .call(true, this::fetch)
                .timeout(PATIENCE)
                .map(document -> new Fetched(service.getKey(), Optional.of(document)))
                .onErrorResume(e -> {
                    LOG.warn("No API description from {}: {}", service.getKey(), e.toString());
                    return Mono.just(new Fetched(service.getKey(), Optional.empty()));
                });
    }

    private Mono<ObjectNode> fetch(URI instance) {
        return client.get().uri(instance.resolve("/v3/api-docs")).retrieve().bodyToMono(ObjectNode.class);
    }

    private Merged merge(List<Fetched> fetched) {
        ApiDescription description = new ApiDescription(json, own);
        boolean complete = true;
        for (Fetched from : fetched) {
            from.document()
                    .ifPresentOrElse(
                            document -> description.add(from.name(), document), () -> description.missing(from.name()));
            complete &= from.document().isPresent();
        }
        description.respond(HttpStatus.TOO_MANY_REQUESTS.value(), "OverQuota");
        description.extend(additions);
        return new Merged(description.toJson(), complete);
    }

    private record Fetched(String name, Optional<ObjectNode> document) {}

    private record Merged(String document, boolean complete) {}
}
