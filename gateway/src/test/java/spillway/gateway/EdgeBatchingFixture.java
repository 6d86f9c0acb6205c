package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    HttpResponse<String> switchEdge(boolean enabled) {
        return send(managementPort, "POST", "/actuator/edgebatching", "{\"enabled\":" + enabled + "}", asJson());
    }

    HttpResponse<String> edge() {
        return send(managementPort, "GET", "/actuator/edgebatching", "", request -> request);
    }

    /** The batches that reached the metrics service, each with its likes. */
    static List<JsonNode> batches() {
        return METRICS.seen().stream()
                .filter(seen -> seen.uri().getPath().equals("/v1/likes"))
                .map(seen -> JsonMapper.shared().readTree(seen.body()).path("likes"))
                .toList();
    }

    /** Sends requests while another like is in flight and none else may be, so that they share the next batch. */
    List<HttpResponse<String>> together(List<Request> requests) {
        HeldLike held = holdALike();
        List<CompletableFuture<HttpResponse<String>>> responses =
                requests.stream().map(this::async).toList();
        awaitWaiting(requests.size());
        held.letGo();
        return responses.stream().map(CompletableFuture::join).toList();
    }

    /** A like of user 1 that is in flight until it is let go. */
    HeldLike holdALike() {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        METRICS.answers(exchange -> {
            arrived.countDown();
            await(letGo);
            ingest(exchange);
        });
        HeldLike held = new HeldLike(async(new Request("PUT", "/v1/posts/1/like", token(1))), letGo);
        await(arrived);
        return held;
    }

    void awaitWaiting(int likes) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> meters.get("spillway.gateway.edge.waiting").gauge().value() == likes);
    }

    private CompletableFuture<HttpResponse<String>> async(Request request) {
        CompletableFuture<HttpResponse<String>> response = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> response.complete(send(request.method(), request.path(), "", bearer(request.token()))));
        return response;
    }

    record HeldLike(CompletableFuture<HttpResponse<String>> response, CountDownLatch latch) {

        void letGo() {
            latch.countDown();
            assertThat(response.join().statusCode()).isEqualTo(202);
        }
    }

    record Request(String method, String path, String token) {}

    static HttpHandler answers(int status, Map<String, String> headers, String body) {
        return exchange -> FakeService.reply(exchange, status, headers, body);
    }

    /** Answers a batch as the service does: the receipt says whose like of which post it is. */
    private static void ingest(HttpExchange exchange) throws IOException {
        JsonNode likes = JsonMapper.shared().readTree(exchange.getRequestBody()).path("likes");
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode rejected = result.putArray("rejected");
        ArrayNode receipts = result.putArray("receipts");
        ArrayNode drains = result.putArray("drainEstimatesMillis");
        int accepted = 0;
        for (int i = 0; i < likes.size(); i++) {
            JsonNode like = likes.path(i);
            if (like.path("postId").stringValue().equals(UNKNOWN_POST)) {
                rejected.addObject()
                        .put("index", i)
                        .put("status", 404)
                        .put("type", "urn:spillway:problem:not-found")
                        .put("detail", "There is no such post.");
                receipts.addNull();
                drains.addNull();
            } else {
                accepted++;
                receipts.add("%s-%s-%s"
                        .formatted(
                                like.path("op").stringValue(),
                                like.path("postId").stringValue(),
                                like.path("userId").stringValue()));
                drains.add(300 + i);
            }
        }
        result.put("accepted", accepted);
        FakeService.reply(exchange, 202, Map.of("Content-Type", "application/json"), result.toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
