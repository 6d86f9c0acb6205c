package spillway.metrics.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PressureIT {

    private final FakeContent content = new FakeContent();
    private final TestService service;

    PressureIT(Servers servers) {
        content.has(1);
        this.service = TestService.start(servers, content);
    }

    @AfterAll
    void stop() {
        service.close();
        content.close();
    }

    private Answer pressure() {
        return service.send("GET", null, "/pressure", null);
    }

    @Test
    void withoutAToken_everybodyIsToldHowItStands_andNothingElse() {
        assertThat(pressure().status()).isEqualTo(200);
        assertThat(pressure().json().propertyNames())
                .containsExactlyInAnyOrder(
                        "producerBuffer", "oldestLikeMillis", "backlog", "drainPerSecond", "storeMillis");
        assertThat(service.send("GET", null, "/pressure/more", null).status()).isEqualTo(401);
        assertThat(service.send("POST", null, "/pressure", null).status()).isNotEqualTo(200);
    }

    /** Nobody batches here, so what is accepted stays a backlog. */
    @Test
    void likesThatNobodyCounts_growOld() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> pressure().json().path("backlog").isNumber());
        long before = pressure().number("backlog");
        for (long user = 1; user <= 20; user++) {
            assertThat(service.put(user, "/v1/posts/1/like").status()).isEqualTo(202);
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(pressure().number("backlog")).isEqualTo(before + 20);
            assertThat(pressure().number("oldestLikeMillis")).isGreaterThan(1_000);
            assertThat(pressure().json().path("storeMillis").asDouble()).isPositive();
            assertThat(pressure().json().path("producerBuffer").asDouble(-1)).isBetween(0.0, 1.0);
        });
    }
}
