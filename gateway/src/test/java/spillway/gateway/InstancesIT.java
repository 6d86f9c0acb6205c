package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.json;
import static spillway.gateway.GatewayFixture.send;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway before two instances of content and two of metrics. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.instances.probe=50ms"
        })
class InstancesIT {

    private static final FakeService CONTENT = new FakeService();
    private static final FakeService CONTENT_TOO = new FakeService();
    private static final FakeService METRICS = new FakeService();
    private static final FakeService METRICS_TOO = new FakeService();

    private final MeterRegistry meters;

    @LocalServerPort
    private int port;

    InstancesIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("spillway.gateway.content-url", () -> CONTENT.url() + "," + CONTENT_TOO.url());
        properties.add("spillway.gateway.metrics-url", () -> METRICS.url() + "," + METRICS_TOO.url());
    }

    @BeforeEach
    void forget() {
        for (FakeService service : new FakeService[] {CONTENT, CONTENT_TOO, METRICS, METRICS_TOO}) {
            service.reset();
            awaitUp(service.url(), 1);
        }
        METRICS.answers(EdgeBatchingFixture::ingest);
        METRICS_TOO.answers(EdgeBatchingFixture::ingest);
    }

    @Test
    void requestsAreSpread_withTheirPathsAndQueries() {
        for (int i = 0; i < 6; i++) {
            assertThat(call("GET", "/v1/users/7/posts?limit=3&cursor=a%2Fb", "").statusCode())
                    .isEqualTo(200);
        }

        assertThat(CONTENT.seen())
                .hasSize(3)
                .allMatch(seen -> seen.uri().toString().equals("/v1/users/7/posts?limit=3&cursor=a%2Fb"));
        assertThat(CONTENT_TOO.seen()).hasSize(3);
    }

    @Test
    void anInstanceThatIsNotReady_getsNothingNew() {
        CONTENT.isReady(false);
        METRICS_TOO.isReady(false);
        awaitUp(CONTENT.url(), 0);
        awaitUp(METRICS_TOO.url(), 0);

        for (int i = 0; i < 5; i++) {
            assertThat(call("POST", "/v1/posts", "{}").statusCode()).isEqualTo(200);
            assertThat(call("PUT", "/v1/posts/7/like", "").statusCode()).isEqualTo(202);
        }

        assertThat(CONTENT.seen()).isEmpty();
        assertThat(CONTENT_TOO.seen()).hasSize(5);
        assertThat(METRICS_TOO.seen()).isEmpty();
        assertThat(METRICS.seen()).hasSize(5);
    }

    @Test
    void whereNoneIsReady_theyAreAskedAllTheSame() {
        CONTENT.isReady(false);
        CONTENT_TOO.isReady(false);
        awaitUp(CONTENT.url(), 0);
        awaitUp(CONTENT_TOO.url(), 0);

        assertThat(call("POST", "/v1/posts", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aReadWhoseConnectionBreaks_isAnsweredByTheOther_andAWriteIsUnknown() {
        CONTENT.answers(HttpExchange::close);
        CONTENT_TOO.answers(HttpExchange::close);
        assertProblem(call("POST", "/v1/posts", "{}"), 503, "outcome-unknown");
        assertThat(CONTENT.seen().size() + CONTENT_TOO.seen().size()).isEqualTo(1);

        CONTENT_TOO.answers(exchange -> FakeService.reply(exchange, 200, Map.of("ETag", "\"1\""), "{\"a\":1}"));
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> read = call("GET", "/v1/posts/7", "");
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).isEqualTo("{\"a\":1}");
            assertThat(read.headers().allValues("ETag")).containsExactly("\"1\"");
        }
        assertThat(CONTENT.seen()).hasSizeGreaterThanOrEqualTo(2);
    }

    private void awaitUp(URI instance, double value) {
        Awaitility.await()
                .until(() ->
                        meters
                                .get("spillway.gateway.instance.up")
                                .tag("instance", instance.getAuthority())
                                .gauges()
                                .stream()
                                .allMatch(gauge -> gauge.value() == value));
    }

    private HttpResponse<String> call(String method, String path, String body) {
        String token = json(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()))
                .path("token")
                .stringValue();
        return send(port, method, path, body, bearer(token));
    }
}
