package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.json;
import static spillway.gateway.GatewayFixture.send;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.edge.enabled=false",
            "spillway.gateway.in-flight=2",
            "spillway.gateway.expand.patience=20s"
        })
class BulkheadIT {

    private static final FakeService METRICS = new FakeService();
    private static final FakeService CONTENT = new FakeService();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("spillway.gateway.metrics-url", METRICS::url);
        properties.add("spillway.gateway.content-url", CONTENT::url);
    }

    @BeforeEach
    void forget() {
        CONTENT.reset();
        METRICS.reset();
    }

    @Test
    void oneRequestTooManyToAService_isRefusedUnsent_andOtherServicesGoOn() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        METRICS.answers(exchange -> {
            arrived.countDown();
            try {
                assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FakeService.reply(exchange, 202, Map.of(), "{}");
        });
        String token = json(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()))
                .path("token")
                .stringValue();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HttpResponse<String>>> first = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> like(token), callers))
                    .limit(2)
                    .toList();
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

            HttpResponse<String> third = like(token);
            assertProblem(third, 503, "unavailable");
            assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(send(port, "GET", "/v1/posts/7", "", bearer(token)).statusCode())
                    .isEqualTo(200);

            answer.countDown();
            assertThat(first)
                    .allSatisfy(like -> assertThat(like.join().statusCode()).isEqualTo(202));
        }
        assertThat(METRICS.seen()).hasSize(2);
        assertThat(like(token).statusCode()).isEqualTo(202);
    }

    /** Who waits for metrics has its content, and needs no place at the content service any more. */
    @Test
    void readsThatWaitForMetrics_leaveTheContentServicesPlacesToOthers() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        CONTENT.answers(exchange -> FakeService.reply(
                exchange, 200, Map.of("Content-Type", "application/json"), "{\"items\":[{\"id\":\"7\"}]}"));
        METRICS.answers(exchange -> {
            arrived.countDown();
            try {
                assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FakeService.reply(exchange, 200, Map.of(), "{\"items\":[]}");
        });
        String token = json(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()))
                .path("token")
                .stringValue();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> list(token), callers))
                    .limit(2)
                    .toList();
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(send(port, "GET", "/v1/posts/7", "", bearer(token)).statusCode())
                    .isEqualTo(200);
            assertThat(json(list(token)).at("/items/0/metricsMissing").stringValue())
                    .isEqualTo("unavailable");

            answer.countDown();
            assertThat(waiting)
                    .allSatisfy(list -> assertThat(list.join().statusCode()).isEqualTo(200));
        }
    }

    private HttpResponse<String> list(String token) {
        return send(port, "GET", "/v1/posts?expand=metrics", "", bearer(token));
    }

    private HttpResponse<String> like(String token) {
        return send(port, "PUT", "/v1/posts/7/like", "", bearer(token));
    }
}
