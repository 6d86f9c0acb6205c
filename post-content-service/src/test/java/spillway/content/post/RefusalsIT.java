package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** Bad input gets a 4xx problem and changes nothing. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class RefusalsIT {

    @LocalServerPort
    private int port;

    private Api api;
    private final UserId user = Users.any();

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"content\":null}",
                "{\"content\":\"\"}",
                "{\"content\":{}}",
                "{\"content\":[\"a\"]}",
                "{\"content\":\"a\\u0000b\"}",
                "{\"content\":\"\\ud83d\"}",
                "{\"content\":\"\\ude00\\ud83d\"}",
                "{\"content\":\"x\",\"userId\":\"1\"}",
                "{\"content\":\"x\",\"id\":\"1\",\"version\":9}",
                "{\"content\":\"x\"} trailing",
                "{\"content\":\"x\",\"mediaUrls\":\"http://a\"}",
                "{\"content\":\"x\",\"mediaUrls\":[null]}",
                "{\"content\":\"x\",\"mediaUrls\":[\"ftp://a\"]}",
                "{\"content\":\"x\",\"mediaUrls\":[\"http://a/\\ud800\"]}",
                "{\"content\":1}",
                "{\"content\":true}",
                "{\"content\":1e999}",
                "{\"content\":NaN}"
            })
    void bodyThatIsNoPost_is400(String body) {
        Answer answer = api.post(user, "/v1/posts", body);

        assertProblem(answer, 400, "invalid-request");
        assertThat(api.get(user, "/v1/users/" + user + "/posts").ids()).isEmpty();
    }

    @Test
    void contentOf5000CodePoints_isTheLongest() {
        String emoji = "😀";

        assertThat(api.post(user, "/v1/posts", "{\"content\":\"" + emoji.repeat(5000) + "\"}")
                        .status())
                .isEqualTo(201);
        Answer tooLong = api.post(user, "/v1/posts", "{\"content\":\"" + emoji.repeat(5001) + "\"}");
        assertProblem(tooLong, 400, "invalid-request");
        assertThat(tooLong.json().get("errors").get(0).get("field").asString()).isEqualTo("content");
    }

    @Test
    void bodyOver64Kilobytes_is413() {
        String body = "{\"content\":\"x\"," + " ".repeat(70_000) + "\"mediaUrls\":[]}";

        assertProblem(api.post(user, "/v1/posts", body), 413, "too-large");
    }

    @Test
    void anotherMediaType_is415() {
        assertProblem(
                api.post(user, "/v1/posts", "content=x", "Content-Type", "text/plain"), 415, "unsupported-media-type");
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GET", "/v1/posts/abc", null, 400),
                Arguments.of("GET", "/v1/posts/-1", null, 400),
                Arguments.of("GET", "/v1/posts/0", null, 400),
                Arguments.of("GET", "/v1/posts/007", null, 400),
                Arguments.of("GET", "/v1/posts/9223372036854775808", null, 400),
                Arguments.of("GET", "/v1/posts/" + "9".repeat(2000), null, 400),
                Arguments.of("GET", "/v1/posts/1%00", null, 400),
                Arguments.of("GET", "/v1/posts/%7B%7D", null, 400),
                Arguments.of("GET", "/v1/posts/9223372036854775807", null, 404),
                Arguments.of("GET", "/v1/posts/1", null, 404),
                Arguments.of("GET", "/v1/posts/1/comments", null, 404),
                Arguments.of("POST", "/v1/posts/1/comments", "{\"content\":\"x\"}", 404),
                Arguments.of("DELETE", "/v1/posts/1", null, 404),
                Arguments.of("GET", "/v1/users/x/posts", null, 400),
                Arguments.of("GET", "/v1/posts?limit=0", null, 400),
                Arguments.of("GET", "/v1/posts?limit=-1", null, 400),
                Arguments.of("GET", "/v1/posts?limit=101", null, 400),
                Arguments.of("GET", "/v1/posts?limit=2147483648", null, 400),
                Arguments.of("GET", "/v1/posts?limit=ten", null, 400),
                Arguments.of("GET", "/v1/posts?cursor=abc", null, 400),
                Arguments.of("GET", "/v1/posts?cursor=AAAAAAAAAAAAAAAAAAAAAA", null, 400),
                Arguments.of("GET", "/v1/posts?cursor=", null, 400),
                Arguments.of("GET", "/v1/users/1/posts?limit=0", null, 400),
                Arguments.of("GET", "/v1/posts/1/comments?limit=0", null, 400),
                Arguments.of("PUT", "/v1/posts/1", "{}", 405),
                Arguments.of("GET", "/v1/nothing", null, 404));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestThatNamesNothing_isA4xxProblem(String method, String path, @Nullable String body, int status) {
        Answer answer = api.send(method, user, path, body);

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"content\":\"\"}", "{\"version\":3}", "{\"content\":null,\"mediaUrls\":null}"})
    void changeThatChangesNothingOrTooMuch_is400(String body) {
        String path = "/v1/posts/" + api.publish(user, "stays");

        assertProblem(api.patch(user, path, body, "If-Match", "\"1\""), 400, "invalid-request");
        assertThat(api.get(user, path).text("content")).isEqualTo("stays");
    }

    @Test
    void requestWithoutAToken_is401() {
        assertProblem(api.send("GET", null, "/v1/posts", null), 401, "unauthenticated");
        assertProblem(api.send("POST", null, "/v1/posts", "{\"content\":\"x\"}"), 401, "unauthenticated");
    }

    @Test
    void idempotencyKeyOf256Characters_is400() {
        Answer answer = api.post(user, "/v1/posts", "{\"content\":\"x\"}", "Idempotency-Key", "k".repeat(256));

        assertProblem(answer, 400, "invalid-request");
    }

    @Test
    void apiDescription_needsNoTokenAndNamesPathsShapesAndProblems() {
        Answer docs = api.send("GET", null, "/v3/api-docs", null);

        assertThat(docs.status()).isEqualTo(200);
        assertThat(docs.json().get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/v1/posts", "/v1/posts/{id}", "/v1/posts/{id}/comments", "/v1/users/{id}/posts");
        assertThat(docs.json().at("/components/schemas/Post/properties").propertyNames())
                .containsExactlyInAnyOrder("id", "userId", "content", "mediaUrls", "createdAt", "version");
        assertThat(docs.json().at("/components/schemas/Post/properties/id/type").asString())
                .isEqualTo("string");
        assertThat(docs.json().at("/components/schemas/NewPost/properties").propertyNames())
                .containsExactlyInAnyOrder("content", "mediaUrls");
        assertThat(docs.json().at("/paths/~1v1~1posts~1{id}/patch/responses").propertyNames())
                .contains("200", "400", "401", "403", "404", "412", "428", "503");
        assertThat(docs.json()
                        .at("/paths/~1v1~1posts/post/parameters")
                        .valueStream()
                        .map(p -> p.path("name").asString()))
                .containsExactly("Idempotency-Key");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:" + type);
    }
}
