package spillway.metrics.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.security.Caller;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/** Redis stops answering, and callers say how long they wait. */
@RealServers({Server.REDIS, Server.KAFKA})
class DeadlineIT {

    private static final String TIMEOUT = "Spillway-Timeout";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** With what a machine under test takes for itself; without a deadline they would wait for seconds. */
    private static final Duration ANSWERED = Duration.ofMillis(900);

    private static Answer inTime(Supplier<Answer> request) {
        long began = System.nanoTime();
        Answer answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as(String.valueOf(answer.body()))
                .isLessThan(ANSWERED);
        return answer;
    }

    private static Answer bulk(TestService service, String timeout) {
        String like = "{\"postId\":\"1\",\"userId\":\"%d\",\"op\":\"like\"}";
        return service.send(
                "POST",
                TestService.token(1, Caller.INGEST),
                "/v1/likes",
                "{\"likes\":[" + like.formatted(1) + "," + like.formatted(2) + "]}",
                TIMEOUT,
                timeout);
    }

    @Test
    void aDeadlineThatIsNone_isA400(Servers servers) {
        try (FakeContent content = new FakeContent();
                TestService service = TestService.start(servers, content)) {
            content.has(1);
            for (String none : List.of("0", "-1", "soon", "1.5")) {
                Answer answer = service.post(1, "/v1/posts/1/views", TIMEOUT, none);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:invalid-request");
            }
            assertThat(service.post(1, "/v1/posts/1/views", TIMEOUT, "1000", TIMEOUT, "2000")
                            .status())
                    .isEqualTo(400);
            assertThat(service.post(1, "/v1/posts/1/views", TIMEOUT, "99999999999")
                            .status())
                    .isEqualTo(202);
            assertThat(service.send("PUT", TestService.token(1), "/v1/posts/1/like", null, TIMEOUT, "10000")
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void withoutRedis_readsAreOverInTime_andWhatWasNotBegunNeverIs(Servers servers) {
        try (FakeContent content = new FakeContent();
                Wire wire = new Wire(servers.redis().host(), servers.redis().port())) {
            wire.mend();
            content.has(1);
            try (TestService service = TestService.starting(
                    servers,
                    Map.of(
                            "spillway.content.base-url",
                            content.url(),
                            "spillway.receipts.key",
                            TestService.KEY,
                            "spring.data.redis.host",
                            "127.0.0.1",
                            "spring.data.redis.port",
                            Integer.toString(wire.port())))) {
                await().atMost(PATIENCE)
                        .until(() -> service.put(1, "/v1/posts/1/like").status() == 202);
                await().atMost(PATIENCE)
                        .until(() -> service.get(1, "/v1/posts/1/metrics").status() == 200);

                wire.stall();
                Answer read = inTime(
                        () -> service.send("GET", TestService.token(1), "/v1/posts/1/like", null, TIMEOUT, "200"));
                assertThat(read.status()).isEqualTo(504);
                assertThat(read.text("type")).isEqualTo("urn:spillway:problem:deadline-exceeded");
                // Nobody knows post 2, and whether it exists is asked of Redis first.
                Answer write = inTime(
                        () -> service.send("PUT", TestService.token(1), "/v1/posts/2/like", null, TIMEOUT, "200"));
                assertThat(write.status()).isEqualTo(503);
                assertThat(write.text("type")).isEqualTo("urn:spillway:problem:deadline-expired");
                assertThat(write.response().headers().firstValue("Retry-After")).isPresent();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(service.send("GET", null, "/pressure", null)
                                        .json()
                                        .path("storeMillis")
                                        .asDouble())
                                .isGreaterThan(500));
                assertThat(bulk(service, "500").status()).isEqualTo(202);
                wire.calm();
            }
        }
    }
}
