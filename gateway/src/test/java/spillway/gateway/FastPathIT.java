package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** The fast path cannot be told from the long way but by what it costs. The other suites walk it too. */
class FastPathIT extends GatewayFixture {

    private static final String TEXT = "{\"text\":\"Hello\"}";

    private final MeterRegistry meters;

    @LocalManagementPort
    private int managementPort;

    FastPathIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @BeforeEach
    void on() {
        set(true);
    }

    @AfterEach
    void onAgain() {
        set(true);
    }

    record Answer(int status, Map<String, String> fields, String body) implements HttpHandler {

        @Override
        public void handle(HttpExchange exchange) throws java.io.IOException {
            FakeService.reply(exchange, status, fields, body);
        }
    }

    static Stream<Answer> answers() {
        return Stream.of(
                new Answer(200, Map.of("Content-Type", "application/json", "ETag", "\"3\""), "{\"id\":\"7\"}"),
                new Answer(201, Map.of("Location", "/v1/posts/7", "Content-Type", "application/json"), "{}"),
                new Answer(200, Map.of("Cache-Control", "max-age=1", "X-Frame-Options", "SAMEORIGIN"), "{}"),
                new Answer(200, Map.of(), ""),
                new Answer(202, Map.of("Keep-Alive", "timeout=3", "Upgrade", "h2c"), "{}"),
                new Answer(204, Map.of(), ""),
                new Answer(304, Map.of("ETag", "\"3\""), ""),
                new Answer(404, Map.of("Content-Type", "application/problem+json"), "{\"status\":404}"),
                new Answer(409, Map.of("Content-Type", "application/problem+json"), "{\"status\":409}"),
                new Answer(500, Map.of(), "{}"),
                new Answer(503, Map.of("Retry-After", "3"), "{\"status\":503}"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsAreAnswered_asOnTheLongWay(Answer answer) {
        assertBothWays(answer, "GET", "/v1/posts/7", "");
        assertBothWays(answer, "GET", "/v1/posts/7/metrics", "");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void writesAreAnswered_asOnTheLongWay(Answer answer) {
        assertBothWays(answer, "POST", "/v1/posts", TEXT);
        assertBothWays(answer, "POST", "/v1/posts/7/comments", TEXT);
    }

    /** A query, another method, an odd id, a body of unknown length. */
    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/posts/7?expand=metrics,  Accept: */*,                200",
        "GET,    /v1/posts?limit=5,           Accept: */*,                200",
        "DELETE, /v1/posts/7,                 Accept: */*,                200",
        "GET,    /v1/posts/7/comments,        Accept: */*,                200",
        "GET,    /v1/posts/07,                Accept: */*,                200",
        "GET,    /v1/posts/7,                 Content-Length: 3,          200",
        "POST,   /v1/posts,                   Transfer-Encoding: chunked, 200",
        "POST,   /v1/posts,                   Expect: 100-continue,       100",
        "GET,    /v1/posts/7;x=1,             Accept: */*,                400"
    })
    void whatIsOutOfTheOrdinary_goesTheLongWay(String method, String path, String field, int status) {
        double before = longWay();
        String body = field.startsWith("Transfer") ? "0\r\n\r\n" : field.startsWith("Content-Length") ? "abc" : "";

        assertThat(raw(head(method, path, token()) + field + "\r\n\r\n" + body)).startsWith("HTTP/1.1 " + status);

        assertThat(longWay()).isEqualTo(before + 1);
    }

    @Test
    void whoeverHasNoValidToken_isRefusedWithTheChallenge() {
        double before = longWay();

        HttpResponse<String> refused = send("GET", "/v1/posts/7", "", bearer("a.b.c"));

        assertProblem(refused, 401, "unauthenticated");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(longWay()).isEqualTo(before + 1);
        assertThat(CONTENT.seen()).isEmpty();
    }

    @Test
    void theService_seesNoFieldThatIsNotForIt() {
        String answer = raw(head("POST", "/v1/posts", token())
                + "Content-Type: application/json\r\nIdempotency-Key: a\r\nIf-Match: \"1\"\r\nCookie: a=b\r\n"
                + "X-User: 1\r\nX-Forwarded-For: 10.1.1.1\r\nContent-Length: " + TEXT.length() + "\r\n\r\n" + TEXT);

        assertThat(answer).startsWith("HTTP/1.1 200");
        FakeService.Seen seen = CONTENT.seen().getFirst();
        assertThat(seen.body()).isEqualTo(TEXT);
        assertThat(seen.headers().keySet())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(
                        "accept",
                        "authorization",
                        "content-length",
                        "content-type",
                        "host",
                        "idempotency-key",
                        "if-match",
                        "user-agent");
    }

    /** The caller waits for nothing that was begun. */
    @Test
    void aBodyThatIsNotThereAtTheDeadline_isNotSent() {
        String answer =
                raw(head("POST", "/v1/posts", token()) + "Spillway-Timeout: 300\r\nContent-Length: 100\r\n\r\n{");

        assertThat(answer)
                .startsWith("HTTP/1.1 503")
                .contains("deadline-expired")
                .contains("Retry-After");
        assertThat(CONTENT.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSwitch_isShown(boolean enabled) {
        assertThat(json(set(enabled)).path("enabled").booleanValue()).isEqualTo(enabled);
        assertThat(json(send(managementPort, "GET", "/actuator/fastpath", "", request -> request))
                        .path("enabled")
                        .booleanValue())
                .isEqualTo(enabled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Idempotency-Key: \u0001",
                "Idempotency-Key: \u00fc",
                "Accept: \u007f",
                "Accept: text/html",
                "If-Match: a\r\nIf-Match: b",
                "Content-Type: /",
                "Origin: http://elsewhere",
                "Host: there",
                "Spillway-Timeout: 0",
                "Connection: X-Odd\r\nX-Odd: 1",
                "Range: bytes=0-0"
            })
    void oddFields_areTakenAsOnTheLongWay(String field) {
        takesTheLongWay(new Answer(200, Map.of(), "{}"), "GET", "/v1/posts/7", "", field);
        takesTheLongWay(new Answer(200, Map.of(), "{}"), "POST", "/v1/posts", TEXT, field);
    }

    private void assertBothWays(Answer answer, String method, String path, String body) {
        assertThat(takesTheLongWay(
                        answer, method, path, body, "If-None-Match: \"1\"\r\nContent-Type: application/json"))
                .isTrue();
    }

    /** Whether it does with the fast path off, after it was asked on it with the same result; else it was refused before. */
    private boolean takesTheLongWay(Answer answer, String method, String path, String body, String fields) {
        String request = head(method, path, token())
                + fields + "\r\n"
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
        FakeService service = path.endsWith("/metrics") ? METRICS : CONTENT;
        service.reset();
        service.answers(answer);
        double before = longWay();

        String fast = raw(request);
        assertThat(longWay()).isEqualTo(before);
        set(false);
        String slow = raw(request);
        set(true);

        assertThat(lines(fast)).isEqualTo(lines(slow));
        List<Map<String, Object>> seen =
                service.seen().stream().map(FastPathIT::seen).toList();
        assertThat(seen).hasSizeLessThan(3).allSatisfy(each -> assertThat(each).isEqualTo(seen.getFirst()));
        return longWay() == before + 1;
    }

    private static String head(String method, String path, String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer " + token
                + "\r\n";
    }

    /** In order, since that of fields means nothing, and without what depends on when it was said. */
    private static List<String> lines(String answer) {
        return answer.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> !line.startsWith("date:") && !line.startsWith("ratelimit:"))
                .sorted()
                .toList();
    }

    private static Map<String, Object> seen(FakeService.Seen seen) {
        Map<String, Object> said = new TreeMap<>(seen.headers());
        said.put("request", seen.method() + " " + seen.uri());
        said.put("body", seen.body());
        return said;
    }

    private double longWay() {
        return meters.get("spillway.gateway.passed")
                .tag("way", "webflux")
                .counter()
                .count();
    }

    private HttpResponse<String> set(boolean enabled) {
        return send(managementPort, "POST", "/actuator/fastpath", "{\"enabled\":" + enabled + "}", asJson());
    }
}
