package spillway.metrics.engage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.metrics.testing.CatchUp;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.counters.CounterFamily;
import spillway.platform.security.Caller;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkLikesIT {

    private static final String EDGE = TestService.token(1, Caller.INGEST);

    private final FakeContent content = new FakeContent();
    private final TestService service;
    private final CatchUp likes;

    BulkLikesIT(Servers servers) {
        content.has(1);
        content.has(2);
        this.service = TestService.start(servers, content);
        this.likes = new CatchUp(servers, CounterFamily.LIKES);
    }

    @AfterAll
    void stop() {
        likes.close();
        service.close();
        content.close();
    }

    private static String like(String post, String user, String op) {
        return "{\"postId\":\"%s\",\"userId\":\"%s\",\"op\":\"%s\"}".formatted(post, user, op);
    }

    private Answer send(String... likes) {
        return service.send("POST", EDGE, "/v1/likes", "{\"likes\":[" + String.join(",", likes) + "]}");
    }

    @Test
    void goodLikes_areAccepted_andOthersRefusedOneByOne() {
        Answer answer = send(
                like("1", "10", "like"),
                like("999", "10", "like"),
                like("1", "0", "like"),
                like("1", "11", "love"),
                "{\"postId\":\"1\"}",
                like("1", "12", "like"),
                like("1", "10", "unlike"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.number("accepted")).isEqualTo(3);
        assertThat(answer.json()
                        .path("rejected")
                        .valueStream()
                        .map(item -> item.path("index").asInt() + ":"
                                + item.path("status").asInt() + ":"
                                + item.path("type").asString()))
                .containsExactly(
                        "1:404:urn:spillway:problem:not-found",
                        "2:400:urn:spillway:problem:invalid-request",
                        "3:400:urn:spillway:problem:invalid-request",
                        "4:400:urn:spillway:problem:invalid-request");
        assertThat(answer.json().path("receipts").size()).isEqualTo(7);
        assertThat(answer.json().path("receipts").path(1).isNull()).isTrue();
        assertThat(answer.json().path("drainEstimatesMillis").size()).isEqualTo(7);
        assertThat(answer.json().path("drainEstimatesMillis").path(0).asLong()).isPositive();
        assertThat(answer.json().path("drainEstimatesMillis").path(1).isNull()).isTrue();

        likes.now();
        String last = answer.json().path("receipts").path(6).asString();
        assertThat(service.send("GET", EDGE, "/v1/writes/" + last, null).text("status"))
                .isEqualTo("applied");
        assertThat(service.get(10, "/v1/writes/" + last).text("status")).isEqualTo("applied");
        assertThat(service.get(12, "/v1/writes/" + last).status()).isEqualTo(404);
        assertThat(service.get(10, "/v1/posts/1/metrics?after=" + last).number("likes", "value"))
                .isEqualTo(1);
    }

    @Test
    void fiveThousandLikes_fitOneRequest_andMoreDoNot() {
        String most = IntStream.rangeClosed(1, BulkLikes.MOST)
                .mapToObj(user -> like("2", Long.toString(Long.MAX_VALUE - user), "unlike"))
                .collect(Collectors.joining(","));

        // One request per partition first: of two to a partition that has no leader yet, the first may be refused as
        // out of
        // order until its delivery times out.
        send(IntStream.rangeClosed(1, 100)
                .mapToObj(user -> like("2", Integer.toString(user), "unlike"))
                .collect(Collectors.joining(",")));

        assertThat(send(most).number("accepted")).isEqualTo(BulkLikes.MOST);
        assertThat(send(most, like("2", "1", "like")).status()).isEqualTo(400);
    }

    @Test
    void aUsersToken_isNotEnough() {
        Answer answer = service.send(
                "POST", TestService.token(10), "/v1/likes", "{\"likes\":[" + like("1", "10", "like") + "]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:forbidden");
    }

    @Test
    void aBodyOverItsLimit_isRefused() {
        assertThat(send(" ".repeat(1024 * 1024)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"likes\":null}",
                "{\"likes\":[]}",
                "{\"likes\":[null]}",
                "{\"likes\":{}}",
                "{\"likes\":[{\"postId\":\"1\",\"userId\":\"1\",\"op\":\"like\",\"ownerId\":\"2\"}]}",
                "{\"likes\":[{\"postId\":\"1\",\"userId\":\"1\",\"op\":\"like\",\"seq\":1e999}]}",
            })
    void aBodyOfAnotherForm_isA400(String body) {
        assertThat(service.send("POST", EDGE, "/v1/likes", body).status()).isEqualTo(400);
    }
}
