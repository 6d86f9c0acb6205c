package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import tools.jackson.databind.JsonNode;

class PagesIT extends GatewayFixture {

    @LocalManagementPort
    private int managementPort;

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/swagger-ui.html, text/html",
        "/swagger-ui.js, text/javascript",
        "/swagger-ui/swagger-ui-bundle.js, text/javascript",
        "/swagger-ui/swagger-ui.css, text/css",
        "/v3/api-docs, application/json"
    })
    void pages_areOpenToRead(String path, String type) {
        HttpResponse<String> response = send("GET", path, "", request -> request);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(type);
    }

    @Test
    void apiDescription_isTheServicesTogether_andGrowsWhenOneComesBack() {
        CONTENT.answers(exchange -> FakeService.reply(exchange, 200, Map.of("Content-Type", "application/json"), """
                {"openapi":"3.1.0","paths":{"/v1/posts":{"get":{"security":[]}},"/internal":{"get":{}}},
                 "components":{"schemas":{"Post":{"type":"object"}}}}"""));
        METRICS.answers(exchange -> FakeService.reply(exchange, 500, Map.of(), "{}"));
        ANALYTICS.answers(
                exchange -> FakeService.reply(exchange, 200, Map.of("Content-Type", "application/json"), "{}"));

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            JsonNode description = json(send("GET", "/v3/api-docs", "", request -> request));
            assertThat(description.path("paths").propertyNames()).containsExactlyInAnyOrder("/v1/posts", "/dev/token");
            assertThat(description.path("components").path("schemas").has("Post"))
                    .isTrue();
            assertThat(description.path("paths").path("/v1/posts").path("get").has("security"))
                    .isFalse();
            assertThat(description.path("x-missing-services").path(0).stringValue())
                    .isEqualTo("metrics");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/info", "/actuator/prometheus"})
    void operatorsPort_tellsHealthAndMetrics(String path) {
        assertThat(send(managementPort, "GET", path, "", request -> request).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/gateway/routes",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/beans",
                "/actuator/refresh",
                "/v1/posts"
            })
    void operatorsPort_tellsNothingElse(String path) {
        assertThat(send(managementPort, "GET", path, "", request -> request).statusCode())
                .isIn(401, 404);
    }
}
