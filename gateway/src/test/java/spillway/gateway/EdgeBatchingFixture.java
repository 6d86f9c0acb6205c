package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalManagementPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The running gateway with edge batching switched on, before a metrics service that knows all posts but 404. */
abstract class EdgeBatchingFixture extends GatewayFixture {

    private static final String UNKNOWN_POST = "404";

    private final MeterRegistry meters;

    @LocalManagementPort
    private int managementPort;

    EdgeBatchingFixture(MeterRegistry meters) {
        this.meters = meters;
    }

    MeterRegistry meters() {
        return meters;
    }

    @BeforeEach
    void switchOn() {
        METRICS.answers(EdgeBatchingFixture::ingest);
        assertThat(switchEdge(true).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void switchOff() {
        assertThat(switchEdge(false).statusCode()).isEqualTo(200);
    }

    int managementPort() {
        return managementPort;
    }

    HttpResponse<String> switchEdge(boolean enabled) {
        return send(managementPort, "POST", "/actuator/edgebatching", "{\"enabled\":" + enabled + "}", asJson());
    }

    HttpResponse<String> edge() {
        return send(managementPort, "GET", "/actuator/edgebatching", "", request -> request);
    }

    /** The batches of likes, or of views, that reached the metrics service. */
    static List<JsonNode> batches(String writes) {
        return METRICS.seen().stream()
                .filter(seen -> seen.uri().getPath().equals("/v1/" + writes))
                .map(seen -> JsonMapper.shared().readTree(seen.body()).path(writes))
                .toList();
    }

    /** Sends writes of one kind while another is in flight and none else may be, so that they share the next batch. */
    List<HttpResponse<String>> together(List<Request> requests) {
        Request first = requests.getFirst();
        Held held = hold(new Request(
                first.method(), first.path().endsWith("/views") ? "/v1/posts/1/views" : "/v1/posts/1/like", token(1)));
        List<CompletableFuture<HttpResponse<String>>> responses =
                requests.stream().map(this::async).toList();
        awaitWaiting(requests.size());
        held.letGo();
        return responses.stream().map(CompletableFuture::join).toList();
    }

    /** A write that is in flight until it is let go, with all that come after it. */
    Held hold(Request request) {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        METRICS.answers(exchange -> {
            arrived.countDown();
            await(letGo);
            ingest(exchange);
        });
        Held held = new Held(async(request), letGo);
        await(arrived);
        return held;
    }

    void awaitWaiting(int writes) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> meters.get("spillway.gateway.edge.waiting").gauges().stream()
                                .mapToDouble(Gauge::value)
                                .sum()
                        == writes);
    }

    CompletableFuture<HttpResponse<String>> async(Request request) {
        CompletableFuture<HttpResponse<String>> response = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> response.complete(send(request.method(), request.path(), "", bearer(request.token()))));
        return response;
    }

    record Held(CompletableFuture<HttpResponse<String>> response, CountDownLatch latch) {

        void letGo() {
            latch.countDown();
            assertThat(response.join().statusCode()).isEqualTo(202);
        }
    }

    record Request(String method, String path, String token) {}

    static HttpHandler answers(int status, Map<String, String> headers, String body) {
        return exchange -> FakeService.reply(exchange, status, headers, body);
    }

    /** Of one class of traffic: what was offered, and what became of how many. */
    Map<String, Double> books(String traffic) {
        Map<String, Double> books = new HashMap<>();
        books.put(
                "offered",
                meters.get("spillway.gateway.offered")
                        .tag("class", traffic)
                        .counter()
                        .count());
        Stream.of("accepted", "rejected", "shed", "unknown", "failed")
                .forEach(outcome -> books.put(
                        outcome,
                        meters.get("spillway.gateway.requests")
                                .tags("class", traffic, "outcome", outcome)
                                .counter()
                                .count()));
        return books;
    }

    /** Answers a batch as the service does: receipts and details say whose write of which post it is. */
    static void ingest(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
        ObjectNode result = exchange.getRequestURI().getPath().equals("/v1/views")
                ? judged(body.path("views"))
                : likes(body.path("likes"));
        FakeService.reply(exchange, 202, Map.of("Content-Type", "application/json"), result.toString());
    }

    private static ObjectNode likes(JsonNode likes) {
        ObjectNode result = judged(likes);
        ArrayNode receipts = result.putArray("receipts");
        ArrayNode drains = result.putArray("drainEstimatesMillis");
        for (int i = 0; i < likes.size(); i++) {
            JsonNode like = likes.path(i);
            if (isUnknown(like)) {
                receipts.addNull();
                drains.addNull();
            } else {
                receipts.add("%s-%s-%s"
                        .formatted(
                                like.path("op").stringValue(),
                                like.path("postId").stringValue(),
                                like.path("userId").stringValue()));
                drains.add(300 + i);
            }
        }
        return result;
    }

    private static ObjectNode judged(JsonNode writes) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode rejected = result.putArray("rejected");
        for (int i = 0; i < writes.size(); i++) {
            JsonNode write = writes.path(i);
            if (isUnknown(write)) {
                rejected.addObject()
                        .put("index", i)
                        .put("status", 404)
                        .put("type", "urn:spillway:problem:not-found")
                        .put(
                                "detail",
                                "No such post for " + write.path("userId").stringValue() + ".");
            }
        }
        result.put("accepted", writes.size() - rejected.size());
        return result;
    }

    private static boolean isUnknown(JsonNode write) {
        return write.path("postId").stringValue().equals(UNKNOWN_POST);
    }

    static void assertUnknown(HttpResponse<String> response) {
        assertProblem(response, 503, "outcome-unknown");
        assertThat(json(response).path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
