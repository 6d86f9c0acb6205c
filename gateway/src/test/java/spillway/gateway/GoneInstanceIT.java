package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.json;
import static spillway.gateway.GatewayFixture.send;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Services one of whose two instances is not there, and nobody but the requests themselves finds out. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.instances.probe=1h",
            "spillway.gateway.instances.pause=1h",
            "spillway.gateway.admission.poll=1h"
        })
class GoneInstanceIT {

    private static final FakeService CONTENT = new FakeService();
    private static final FakeService METRICS = new FakeService();
    private static final int CLOSED = ClosedPort.find();

    private final MeterRegistry meters;

    @LocalServerPort
    private int port;

    GoneInstanceIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        String gone = "http://127.0.0.1:" + CLOSED;
        properties.add("spillway.gateway.content-url", () -> gone + "," + CONTENT.url());
        properties.add("spillway.gateway.metrics-url", () -> gone + "," + METRICS.url());
        properties.add("spillway.gateway.analytics-url", () -> gone);
    }

    @BeforeEach
    void answer() {
        METRICS.answers(EdgeBatchingFixture::ingest);
    }

    @Test
    void posts_areSentWholeToTheOther_andSoonNobodyTriesTheOneThatIsGone() {
        assertThat(IntStream.range(0, 20)
                        .map(i -> call("POST", "/v1/posts", "{\"a\":" + i + "}").statusCode()))
                .containsOnly(200);

        assertThat(CONTENT.seen().stream().map(FakeService.Seen::body))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> "{\"a\":" + i + "}")
                        .toList());
        assertThat(retries("content", "answered")).isEqualTo(3);
    }

    @Test
    void batchesOfLikes_goToTheOther() {
        assertThat(IntStream.range(0, 10)
                        .map(i -> call("PUT", "/v1/posts/7/like", "").statusCode()))
                .containsOnly(202);

        assertThat(METRICS.seen()).hasSize(10);
        assertThat(retries("metrics", "answered")).isEqualTo(3);
    }

    @Test
    void whereAllAreGone_aRequestIsRefused_andThereIsNothingToRetry() {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> refused = call("GET", "/v1/analytics/posts/7/series", "");
            assertProblem(refused, 503, "unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        }

        assertThat(retries("analytics", "failed")).isZero();
    }

    private double retries(String service, String outcome) {
        return meters.get("spillway.gateway.retries")
                .tags("service", service, "outcome", outcome)
                .counter()
                .count();
    }

    private HttpResponse<String> call(String method, String path, String body) {
        String token = json(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()))
                .path("token")
                .stringValue();
        return send(port, method, path, body, bearer(token));
    }
}
