package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

/** What a client's knowledge of a version does: RFC 9110's If-Match and If-None-Match. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class VersionsIT {

    @LocalServerPort
    private int port;

    private Api api;
    private final UserId user = Users.any();
    private String path = "";

    @BeforeEach
    void publish() {
        api = new Api(port);
        path = "/v1/posts/" + api.publish(user, "first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\""})
    void tagOfTheVersion_isNotModified(String tags) {
        Answer answer = api.get(user, path, "If-None-Match", tags);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"11\"", "1", "\"\"", "nonsense"})
    void anyOtherTag_getsThePost(String tags) {
        assertThat(api.get(user, path, "If-None-Match", tags).status()).isEqualTo(200);
    }

    @Test
    void tagOfTheVersionBefore_getsTheNewOne() {
        edit("\"1\"");

        Answer answer = api.get(user, path, "If-None-Match", "\"1\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().get("version").asInt()).isEqualTo(2);
    }

    @Test
    void tagOfADeletedPost_isNotFound() {
        api.delete(user, path);

        assertThat(api.get(user, path, "If-None-Match", "\"1\"").status()).isEqualTo(404);
        assertThat(api.get(user, path, "If-None-Match", "*").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "\"5\", \"1\"", "*"})
    void editFromTheVersion_isMade(String tags) {
        assertThat(edit(tags).status()).isEqualTo(200);
    }

    /** A weak tag says that two texts are as good as one another; an edit wants to know which it starts from. */
    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"2\"", "W/\"1\"", "1", "\"\"", "\"1", "nonsense"})
    void editFromAnotherVersion_isAConflict(String tags) {
        Answer answer = edit(tags);

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:version-conflict");
        assertThat(api.get(user, path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void editWithoutAVersion_isAskedForIt() {
        Answer answer = api.patch(user, path, "{\"content\":\"x\"}");

        assertThat(answer.status()).isEqualTo(428);
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:precondition-required");
    }

    @Test
    void deleteIsMadeOnce_andThenThereIsNothing() {
        assertThat(api.delete(user, path, "If-Match", "\"1\"").status()).isEqualTo(204);

        Answer again = api.delete(user, path, "If-Match", "\"1\"");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("type")).isEqualTo("urn:spillway:problem:not-found");
        assertThat(edit("\"2\"").status()).isEqualTo(404);
    }

    @Test
    void strangerIsForbidden_whateverVersionItNames() {
        UserId stranger = Users.any();

        for (String tag : new String[] {"\"1\"", "\"2\"", "*"}) {
            Answer answer = api.patch(stranger, path, "{\"content\":\"x\"}", "If-Match", tag);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:forbidden");
            assertThat(api.delete(stranger, path, "If-Match", tag).status()).isEqualTo(403);
        }
    }

    private Answer edit(String ifMatch) {
        return api.patch(user, path, "{\"content\":\"second\"}", "If-Match", ifMatch);
    }
}
