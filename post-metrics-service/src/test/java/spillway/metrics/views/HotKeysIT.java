package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import tools.jackson.databind.JsonNode;

/** Two instances over one Redis, with a threshold that a test can pass. */
@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotKeysIT {

    private static final long POST = 42;

    private final FakeContent content = new FakeContent();
    private final List<TestService> services;
    private long viewer;

    HotKeysIT(Servers servers) {
        content.has(POST);
        Map<String, String> properties = new TreeMap<>(Map.of(
                "spillway.content.base-url", content.url(),
                "spillway.receipts.key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "spillway.metrics.views.hot.split-above", "10",
                "spillway.metrics.views.hot.sub-keys", "4",
                "spillway.metrics.views.hot.window", "1s",
                "spillway.metrics.views.hot.look-every", "100ms"));
        this.services = Stream.generate(() -> TestService.starting(servers, properties))
                .limit(2)
                .toList();
    }

    @AfterAll
    void stop() {
        services.forEach(TestService::close);
        content.close();
    }

    @Test
    void aPostThatManyView_isSplitWhileTheyDo_andEveryViewIsCounted() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    services.forEach(service -> service.post(++viewer, "/v1/posts/" + POST + "/views"));
                    return services.stream().allMatch(service -> "OPEN".equals(stageOfHottest(service)));
                });
        JsonNode hottest = hottest(services.getFirst());
        assertThat(hottest.path("postId").asString()).isEqualTo("42");
        assertThat(hottest.path("subKeys").asInt()).isEqualTo(4);
        assertThat(hottest.path("announcedAt").asString()).endsWith("Z");
        for (int i = 0; i < 200; i++) {
            services.get(i % 2).post(++viewer, "/v1/posts/" + POST + "/views");
        }
        awaitCounted();

        await().atMost(Duration.ofSeconds(20)).until(() -> sum("splits") == sum("merges"));
        awaitCounted();
        assertThat(sum("splits")).isPositive();
    }

    @Test
    void onlyOperators_areShown() {
        assertThat(services.getFirst().get(1, "/admin/hot-keys").status()).isEqualTo(403);
    }

    private void awaitCounted() {
        for (TestService service : services) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Answer metrics = service.get(7, "/v1/posts/" + POST + "/metrics");
                assertThat(metrics.number("views", "value")).isEqualTo(viewer);
                assertThat(metrics.number("uniqueViewers", "value"))
                        .isBetween(viewer * 95 / 100, viewer * 105 / 100 + 1);
            });
        }
    }

    private String stageOfHottest(TestService service) {
        return hottest(service).path("stage").asString();
    }

    private long sum(String number) {
        return services.stream()
                .mapToLong(service -> report(service).number(number))
                .sum();
    }

    private JsonNode hottest(TestService service) {
        return report(service).json().path("keys").path(0);
    }

    private Answer report(TestService service) {
        return service.send("GET", TestService.token(1, "admin"), "/admin/hot-keys", null);
    }
}
