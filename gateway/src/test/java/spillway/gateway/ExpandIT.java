package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts that are read together with their metrics. */
class ExpandIT extends GatewayFixture {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String POST = """
            {"id":"7","content":"Grüße 😀","version":3}""";
    private static final String LIST = """
            {"items":[{"id":"9","version":1},{"id":"8","version":1},{"id":"7","version":3}],"next":"c","incomplete":[2]}""";
    private static final String METRICS_OF_7_AND_9 = """
            {"items":[{"postId":"7","likes":{"value":70}},{"postId":"9","likes":{"value":90}}]}""";

    private final MeterRegistry meters;

    ExpandIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @Test
    void post_comesWithItsMetrics_asTheCallerMaySeeThem() {
        CONTENT.answers(answer(POST));
        METRICS.answers(answer(METRICS_OF_7_AND_9));
        String token = token();

        HttpResponse<String> response = send("GET", "/v1/posts/7?expand=metrics", "", bearer(token));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(JsonMapper.shared().readTree("""
                        {"id":"7","content":"Grüße 😀","version":3,"metrics":{"postId":"7","likes":{"value":70}}}"""));
        assertThat(METRICS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.uri()).hasToString("/v1/metrics?ids=7");
            assertThat(seen.headers()).containsEntry("Authorization", List.of("Bearer " + token));
        });
    }

    @Test
    void postAndMetrics_areAskedForSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        HttpHandler afterBothCame = exchange -> {
            both.countDown();
            await(both);
            answer(exchange.getRequestURI().getPath().equals("/v1/metrics") ? METRICS_OF_7_AND_9 : POST)
                    .handle(exchange);
        };
        CONTENT.answers(afterBothCame);
        METRICS.answers(afterBothCame);

        assertThat(json(get("/v1/posts/7?expand=metrics"))
                        .at("/metrics/likes/value")
                        .intValue())
                .isEqualTo(70);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/posts?limit=3&expand=metrics", "/v1/users/42/posts?expand=metrics"})
    void list_asksOnceForAllItsPosts(String path) {
        CONTENT.answers(answer(LIST));
        METRICS.answers(answer(METRICS_OF_7_AND_9));

        JsonNode page = json(get(path));

        assertThat(METRICS.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.uri()).hasToString("/v1/metrics?ids=9,8,7"));
        assertThat(page.at("/items/0/metrics/likes/value").intValue()).isEqualTo(90);
        assertThat(page.at("/items/1/metrics").isNull()).isTrue();
        assertThat(page.at("/items/1/metricsMissing").stringValue()).isEqualTo("unknown");
        assertThat(page.at("/items/2/metrics/likes/value").intValue()).isEqualTo(70);
        assertThat(page.at("/items/2").has("metricsMissing")).isFalse();
        assertThat(page.path("next").stringValue()).isEqualTo("c");
        assertThat(page.path("incomplete")).hasSize(1);
    }

    @Test
    void emptyList_asksNobody() {
        CONTENT.answers(answer("{\"items\":[],\"next\":null,\"incomplete\":[]}"));

        assertThat(json(get("/v1/posts?expand=metrics")).path("items")).isEmpty();
        assertThat(METRICS.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/posts/7?expand=metrics", "/v1/posts?expand=metrics"})
    void metricsThatDoNotCome_areNotWaitedFor(String path) {
        CountDownLatch answered = new CountDownLatch(1);
        CONTENT.answers(answer(path.startsWith("/v1/posts/") ? POST : LIST));
        METRICS.answers(exchange -> {
            await(answered);
            exchange.close();
        });
        double late = expanded("late");

        HttpResponse<String> response = get(path);
        answered.countDown();

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode post = json(response).path("items").path(0);
        post = post.isMissingNode() ? json(response) : post;
        assertThat(post.get("metrics").isNull()).isTrue();
        assertThat(post.path("metricsMissing").stringValue()).isEqualTo("late");
        assertThat(expanded("late") - late).isEqualTo(1);
    }

    static Stream<HttpHandler> failures() {
        return Stream.of(
                HttpExchange::close,
                exchange -> FakeService.reply(exchange, 503, Map.of("Retry-After", "1"), "{}"),
                exchange -> FakeService.reply(exchange, 500, Map.of(), ""),
                exchange -> FakeService.reply(exchange, 401, Map.of(), "{}"),
                exchange -> FakeService.reply(exchange, 200, JSON, ""),
                exchange -> FakeService.reply(exchange, 200, JSON, "{\"items\":[{"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void metricsThatFail_takeNoPostAway(HttpHandler failure) {
        CONTENT.answers(answer(POST));
        METRICS.answers(failure);

        HttpResponse<String> response = get("/v1/posts/7?expand=metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("version").intValue()).isEqualTo(3);
        assertThat(json(response).get("metrics").isNull()).isTrue();
        assertThat(json(response).path("metricsMissing").stringValue()).isEqualTo("unavailable");
    }

    @Test
    void postThatIsNotThere_isNotFound_whateverMetricsSay() {
        CONTENT.answers(
                exchange -> FakeService.reply(exchange, 404, Map.of("Content-Type", "application/problem+json"), """
                        {"type":"urn:spillway:problem:not-found","status":404}"""));
        METRICS.answers(answer(METRICS_OF_7_AND_9));

        assertProblem(get("/v1/posts/7?expand=metrics"), 404, "not-found");
    }

    @Test
    void malformedId_isForTheContentServiceToRefuse() {
        get("/v1/posts/007?expand=metrics");

        assertThat(METRICS.seen()).isEmpty();
        assertThat(CONTENT.seen()).hasSize(1);
    }

    @Test
    void contentThatBreaksOff_isUnavailable() {
        CONTENT.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        METRICS.answers(answer(METRICS_OF_7_AND_9));

        assertProblem(get("/v1/posts/7?expand=metrics"), 503, "unavailable");
    }

    /** The counts of a post change while its version stays. */
    @Test
    void expandedAnswer_isNeverNotModified_andHasNoETag() {
        CONTENT.answers(exchange -> FakeService.reply(
                exchange,
                exchange.getRequestHeaders().containsKey("If-None-Match") ? 304 : 200,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "ETag",
                        "\"3\"",
                        "Cache-Control",
                        "no-cache, private",
                        "Vary",
                        "Accept"),
                exchange.getRequestHeaders().containsKey("If-None-Match") ? "" : POST));
        METRICS.answers(answer(METRICS_OF_7_AND_9));
        String token = token();

        HttpResponse<String> expanded = send(
                "GET",
                "/v1/posts/7?expand=metrics",
                "",
                request -> bearer(token).apply(request).header("If-None-Match", "\"3\""));
        HttpResponse<String> plain = send(
                "GET",
                "/v1/posts/7",
                "",
                request -> bearer(token).apply(request).header("If-None-Match", "\"3\""));

        assertThat(expanded.statusCode()).isEqualTo(200);
        assertThat(expanded.headers().firstValue("ETag")).isEmpty();
        assertThat(expanded.headers().firstValue("Cache-Control"))
                .get()
                .asString()
                .contains("no-store");
        assertThat(expanded.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(plain.statusCode()).isEqualTo(304);
        assertThat(plain.headers().firstValue("ETag")).hasValue("\"3\"");
    }

    @Test
    void head_hasTheHeadersOfTheExpandedRead() {
        CONTENT.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag", "\"3\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        HttpResponse<String> response = send("HEAD", "/v1/posts/7?expand=metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/posts/7?expand=likes",
                "/v1/posts/7?expand=",
                "/v1/posts/7?expand",
                "/v1/posts/7?expand=metrics&expand=metrics",
                "/v1/posts/7?expand=metrics,author",
                "/v1/posts?expand=Metrics",
                "/v1/users/42/posts?expand=x",
                "/v1/posts/7/comments?expand=metrics"
            })
    void whatCannotBeExpanded_isRefused(String path) {
        assertProblem(get(path), 400, "invalid-request");
        assertThat(CONTENT.seen()).isEmpty();
        assertThat(METRICS.seen()).isEmpty();
    }

    @Test
    void expandedRead_isBookedAsOneRead() {
        CONTENT.answers(answer(POST));
        double offered = meters.get("spillway.gateway.offered")
                .tag("class", "read")
                .counter()
                .count();

        get("/v1/posts/7?expand=metrics");

        assertThat(meters.get("spillway.gateway.offered")
                                .tag("class", "read")
                                .counter()
                                .count()
                        - offered)
                .isEqualTo(1);
    }

    private double expanded(String outcome) {
        var counter =
                meters.find("spillway.gateway.expanded").tag("metrics", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    private static HttpHandler answer(String body) {
        return exchange -> FakeService.reply(exchange, 200, JSON, body);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
