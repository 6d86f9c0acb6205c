package spillway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.platform.web.EchoApplication.TOKENS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = EchoApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.kafka.admin.auto-create=false")
class PlatformDefaultsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Test
    void theCaller_isTheTokensSubject() throws Exception {
        String token = TOKENS.with(claims -> claims.subject("77").claim("scope", "other ingest"));

        assertThat(get("/v1/me", token).body()).contains("\"user\":\"77\"").contains("\"ingest\":true");
    }

    static List<String> badTokens() {
        Instant past = Instant.now().minus(Duration.ofHours(1));
        return List.of(
                TOKENS.unsigned(),
                TOKENS.signedByAnotherKey(),
                TOKENS.signedWithThePublicKeyAsSecret(),
                TOKENS.withAnotherRsaAlgorithm(),
                TOKENS.with(claims -> claims.expirationTime(Date.from(past))),
                TOKENS.with(claims -> claims.expirationTime(null)),
                TOKENS.with(
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1))))),
                TOKENS.with(claims -> claims.issuer("somebody")),
                TOKENS.with(claims -> claims.audience("somebody")),
                TOKENS.with(claims -> claims.subject("root")),
                TOKENS.with(claims -> claims.subject("-1")),
                TOKENS.with(claims -> claims.subject(null)),
                "x.y.z");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aBadToken_is401WithAProblemAndAChallenge(String token) throws Exception {
        HttpResponse<String> answer = get("/v1/me", token);

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1.5", "soon", "99999999999999999999x"})
    void aDeadlineThatIsNone_is400_beforeAnythingElse(String timeout) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/me"))
                .header("Spillway-Timeout", timeout)
                .build();

        assertProblem(send(request), 400, "invalid-request");
    }

    @Test
    void aDeadline_isTheRunningRequests() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/left"))
                .header("Authorization", "Bearer " + TOKENS.good())
                .header("Spillway-Timeout", "50000")
                .build();

        assertThat(Long.parseLong(send(request).body())).isBetween(1L, 50_000L);
        assertThat(get("/v1/left", TOKENS.good()).body()).isEqualTo("-1");
    }

    @Test
    void anExpiredWrite_isA503_thatMayBeSentAgain() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/late"))
                .header("Authorization", "Bearer " + TOKENS.good())
                .header("Spillway-Timeout", "1")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = send(request);
        assertProblem(answer, 503, "deadline-expired");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void noToken_is401() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/me")).build();

        assertProblem(send(request), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\",\"post\":\"1\"",
                "{\"text\":\"a\",\"post\":\"1\",\"likeCount\":9}",
                "{\"text\":\"a\",\"post\":\"-1\"}",
                "{\"text\":\"a\",\"post\":\"1\"} true",
                "[]",
                "",
                "nul"
            })
    void aBodyThatIsNotTheDocumentedOne_is400(String body) throws Exception {
        assertProblem(post(body, "application/json"), 400, "invalid-request");
    }

    @Test
    void aFieldOutOfBounds_isNamed() throws Exception {
        HttpResponse<String> answer = post("{\"text\":\"much too long\",\"post\":\"1\"}", "application/json");

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.body()).contains("\"errors\":[{").contains("\"field\":\"text\"");
    }

    @Test
    void aParameterOutOfBounds_isNamed() throws Exception {
        HttpResponse<String> answer = get("/v1/pages?limit=0", TOKENS.good());

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.body()).contains("\"field\":\"limit\"");
    }

    @Test
    void anotherMediaType_is415() throws Exception {
        assertProblem(post("text=a", "text/plain"), 415, "unsupported-media-type");
    }

    @Test
    void anAnnouncedBodyOverTheLimit_is413() throws Exception {
        assertProblem(post("x".repeat(70_000), "application/json"), 413, "too-large");
    }

    @Test
    void anUnannouncedBodyOverTheLimit_is413() throws Exception {
        byte[] body = ("{\"text\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = authorized("/v1/notes", TOKENS.good())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertProblem(send(request), 413, "too-large");
    }

    @Test
    void anUnknownPath_is404AndAnotherMethodIs405() throws Exception {
        assertProblem(get("/v1/nothing", TOKENS.good()), 404, "not-found");
        assertProblem(get("/v1/notes", TOKENS.good()), 405, "method-not-allowed");
    }

    @Test
    void whatTomcatRefusesByItself_isAProblemToo() throws Exception {
        assertProblem(get("/v1/%00", TOKENS.good()), 400, "invalid-request");
        assertProblem(get("/v1/a%2fb", TOKENS.good()), 400, "invalid-request");
    }

    @Test
    void aFailure_tellsTheCallerNothingInternal() throws Exception {
        HttpResponse<String> answer = get("/v1/failure", TOKENS.good());

        assertProblem(answer, 500, "internal");
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void healthAndMetrics_needNoTokenAndNothingElseIsExposed() throws Exception {
        assertThat(open("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(open("/actuator/prometheus").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/env", TOKENS.good()).statusCode()).isEqualTo(404);
        assertThat(get("/actuator/heapdump", TOKENS.good()).statusCode()).isEqualTo(404);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"urn:spillway:problem:" + type + "\"");
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(authorized(path, token).build());
    }

    private HttpResponse<String> open(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> post(String body, String mediaType) throws IOException, InterruptedException {
        return send(authorized("/v1/notes", TOKENS.good())
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
