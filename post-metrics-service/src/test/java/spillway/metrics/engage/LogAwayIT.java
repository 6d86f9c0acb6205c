package spillway.metrics.engage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.security.Caller;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
class LogAwayIT {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @Test
    void withoutTheLog_likesAreRefusedQuickly_countsAreServed_andViewsGoOn(Servers servers) {
        try (FakeContent content = new FakeContent()) {
            content.has(1);
            try (TestService service = TestService.starting(
                    servers,
                    Map.of(
                            "spillway.content.base-url",
                            content.url(),
                            "spillway.receipts.key",
                            KEY,
                            "spring.kafka.bootstrap-servers",
                            "127.0.0.1:1"))) {
                assertThat(service.send("GET", null, "/actuator/health/readiness", null)
                                .status())
                        .isEqualTo(503);
                assertThat(service.send("GET", null, "/actuator/health/liveness", null)
                                .status())
                        .isEqualTo(200);

                Answer refused = service.put(1, "/v1/posts/1/like");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text("type")).isEqualTo("urn:spillway:problem:unavailable");
                Answer refusedInBulk = service.send(
                        "POST",
                        TestService.token(1, Caller.INGEST),
                        "/v1/likes",
                        "{\"likes\":[{\"postId\":\"1\",\"userId\":\"1\",\"op\":\"like\"}]}");
                assertThat(refusedInBulk
                                .json()
                                .path("rejected")
                                .path(0)
                                .path("type")
                                .asString())
                        .isEqualTo("urn:spillway:problem:unavailable");

                assertThat(service.post(1, "/v1/posts/1/views").status()).isEqualTo(202);
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> service.get(1, "/v1/posts/1/metrics").number("views", "value") == 1);
                assertThat(service.get(1, "/v1/posts/1/metrics")
                                .json()
                                .path("likes")
                                .path("pending")
                                .isNull())
                        .isTrue();
            }
        }
    }

    @Test
    void viewsOfTheLastMoment_areFlushedWhenTheServiceStops(Servers servers) {
        try (FakeContent content = new FakeContent()) {
            content.has(2);
            Map<String, String> properties = Map.of(
                    "spillway.content.base-url",
                    content.url(),
                    "spillway.receipts.key",
                    KEY,
                    "spillway.metrics.views.flush-every",
                    "1h");
            try (TestService service = TestService.starting(servers, properties)) {
                assertThat(service.post(1, "/v1/posts/2/views").status()).isEqualTo(202);
            }
            try (TestService after = TestService.starting(servers, properties)) {
                assertThat(after.get(1, "/v1/posts/2/metrics").number("views", "value"))
                        .isEqualTo(1);
            }
        }
    }
}
