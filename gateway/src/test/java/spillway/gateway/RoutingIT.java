package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingIT extends GatewayFixture {

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/posts,                           content",
        "GET,    /v1/posts?limit=5,                   content",
        "GET,    /v1/posts/7,                         content",
        "PATCH,  /v1/posts/7,                         content",
        "DELETE, /v1/posts/7,                         content",
        "POST,   /v1/posts/7/comments,                content",
        "GET,    /v1/users/42/posts,                  content",
        "PUT,    /v1/posts/7/like,                    metrics",
        "DELETE, /v1/posts/7/like,                    metrics",
        "POST,   /v1/posts/7/shares,                  metrics",
        "POST,   /v1/posts/7/views,                   metrics",
        "GET,    /v1/posts/7/metrics?after=x,         metrics",
        "POST,   /v1/likes,                           metrics",
        "POST,   /v1/views,                           metrics",
        "'GET',  '/v1/metrics?ids=1,2',               metrics",
        "GET,    /v1/writes/abc-_.123?wait=2s,        metrics",
        "GET,    /v1/analytics/posts/7/series?kind=x, analytics"
    })
    void everyPath_reachesItsServiceUnchanged(String method, String path, String service) {
        HttpResponse<String> response = send(method, path);

        assertThat(response.statusCode()).isEqualTo(200);
        FakeService expected = Map.of("content", CONTENT, "metrics", METRICS, "analytics", ANALYTICS)
                .get(service);
        assertThat(expected).isNotNull();
        assertThat(expected.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.uri()).hasToString(path);
        });
        assertThat(CONTENT.seen().size()
                        + METRICS.seen().size()
                        + ANALYTICS.seen().size())
                .isEqualTo(1);
    }

    @Test
    void anEmptyAnswer_needsAToken_andComesFromTheGatewayItself() {
        assertThat(send("PUT", "/v1/posts/7/empty").statusCode()).isEqualTo(202);
        assertThat(METRICS.seen()).isEmpty();
        assertProblem(send("PUT", "/v1/posts/7/empty", "", request -> request), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v1/nothing",
                "/v1/posts/",
                "/v1/posts/7/",
                "/v1/posts/7/live",
                "/v1/posts/7/like/more",
                "/v2/posts",
                "/actuator/health",
                "/favicon.ico"
            })
    void whatIsNotRouted_isNotFound(String path) {
        assertProblem(get(path), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/posts/..%2fmetrics",
                "/v1/posts/%2e%2e/likes",
                "/v1/posts/7;x=1",
                "/v1//posts",
                "/v1/posts/%00",
                "/v1/posts/a%5cb",
                "/v1/posts/../posts"
            })
    void pathsThatParsersReadDifferently_areRefused(String path) {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + token()
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:spillway:problem:invalid-request");
        assertThat(CONTENT.seen()).isEmpty();
    }

    @Test
    void theServicesAnswer_isPassedOnWhole() {
        CONTENT.answers(exchange -> FakeService.reply(
                exchange,
                201,
                Map.of("ETag", "\"1\"", "Location", "/v1/posts/7", "Content-Type", "application/json"),
                "{\"id\":\"7\"}"));

        HttpResponse<String> response =
                send("POST", "/v1/posts", "{\"content\":\"hello\"}", asJson().andThen(bearer(token()))::apply);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"id\":\"7\"}");
        assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(response.headers().firstValue("Location")).hasValue("/v1/posts/7");
        assertThat(CONTENT.seen().getFirst().body()).isEqualTo("{\"content\":\"hello\"}");
    }

    @Test
    void theServicesProblem_isPassedOnWhole() {
        METRICS.answers(exchange -> FakeService.reply(
                exchange, 405, Map.of("Allow", "PUT, DELETE", "Content-Type", "application/problem+json"), "{}"));

        HttpResponse<String> response = send("POST", "/v1/posts/7/like");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("PUT, DELETE");
    }

    @Test
    void onlyKnownHeaders_reachAService() {
        String token = token();
        send(
                "PUT",
                "/v1/posts/7/like",
                "",
                request -> bearer(token)
                        .apply(request)
                        .header("Idempotency-Key", "k1")
                        .header("If-Match", "\"3\"")
                        .header("X-User-Id", "1")
                        .header("X-Forwarded-For", "10.0.0.1")
                        .header("X-Forwarded-User", "root")
                        .header("Forwarded", "for=10.0.0.1")
                        .header("X-HTTP-Method-Override", "DELETE")
                        .header("X-Original-URL", "/admin")
                        .header("Cookie", "session=1"));

        assertThat(METRICS.seen().getFirst().headers())
                .containsEntry("Idempotency-key", List.of("k1"))
                .containsEntry("Authorization", List.of("Bearer " + token))
                .containsKey("If-match")
                .doesNotContainKeys(
                        "X-user-id",
                        "X-forwarded-for",
                        "X-forwarded-user",
                        "X-forwarded-host",
                        "Forwarded",
                        "X-http-method-override",
                        "X-original-url",
                        "Cookie");
    }

    @Test
    void securityHeaders_areOnEveryAnswer_once() {
        CONTENT.answers(exchange -> FakeService.reply(
                exchange, 200, Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "no-cache"), "{}"));

        assertThat(get("/v1/posts/7").headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(get("/v1/posts/7").headers().allValues("Content-Security-Policy"))
                .hasSize(1);
        assertThat(get("/v1/nothing").headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
    }
}
