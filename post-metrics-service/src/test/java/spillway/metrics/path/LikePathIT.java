package spillway.metrics.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LikePathIT {

    private final FakeContent content = new FakeContent();
    private final TestService service;
    private long posts;

    LikePathIT(Servers servers) {
        this.service = TestService.start(servers, content);
    }

    @AfterAll
    void stop() {
        service.close();
        content.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "split"})
    void withoutTheLog_aLikeIsAppliedWhenItIsAnswered_andCountsOnce(String path) {
        choose(path);
        String post = newPost();

        Answer liked = service.put(7, post + "/like");
        assertThat(liked.status()).isEqualTo(202);
        assertThat(liked.text("status")).isEqualTo("applied");
        assertThat(liked.json().has("receipt")).isFalse();
        service.put(7, post + "/like");
        service.put(8, post + "/like");
        service.put(9, post + "/like");
        service.delete(8, post + "/like");
        service.delete(10, post + "/like");

        awaitLikes(post, 2);
        assertThat(likedBy(7, post)).isTrue();
        assertThat(likedBy(8, post)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "split"})
    void likesAtTheSameTime_areCountedOncePerUser(String path) throws Exception {
        choose(path);
        String post = newPost();
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                long user = 1L + i % 100;
                answers.add(threads.submit(() -> service.put(user, post + "/like")));
            }
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(202);
        }
        awaitLikes(post, 100);
    }

    @Test
    void eachPath_countsForItself_andBatchedIsBackUntouched() {
        String post = newPost();
        choose("batched");
        assertThat(service.put(7, post + "/like").text("status")).isEqualTo("accepted");
        choose("direct");
        assertThat(likedBy(7, post)).isFalse();
        service.put(8, post + "/like");
        awaitLikes(post, 1);

        choose("batched");
        awaitLikes(post, 0);
        assertThat(service.put(7, post + "/like").json().has("receipt")).isTrue();
    }

    @Test
    void manyLikesAtOnce_areRefusedOnAPathWithoutTheLog() {
        choose("direct");
        content.has(++posts);
        String body = "{\"likes\":[{\"postId\":\"%d\",\"userId\":\"7\",\"op\":\"like\"}]}".formatted(posts);
        assertThat(service.send("POST", TestService.token(1, "ingest"), "/v1/likes", body)
                        .status())
                .isEqualTo(503);
    }

    @Test
    void onlyOperators_maySwitch_andOnlyToAPathThereIs() {
        assertThat(send("PUT", "{\"path\":\"direct\"}").status()).isEqualTo(403);
        assertThat(send("PUT", "{\"path\":\"scenic\"}", "admin").status()).isEqualTo(400);
        assertThat(send("PUT", "{}", "admin").status()).isEqualTo(400);
        choose("split");
        assertThat(send("GET", null, "admin").text("path")).isEqualTo("split");
    }

    private String newPost() {
        content.has(++posts);
        return "/v1/posts/" + posts;
    }

    private void choose(String path) {
        assertThat(send("PUT", "{\"path\":\"" + path + "\"}", "admin").status()).isEqualTo(200);
    }

    private Answer send(String method, @Nullable String body, String... scopes) {
        return service.send(method, TestService.token(1, scopes), "/admin/like-path", body);
    }

    private boolean likedBy(long user, String post) {
        return service.get(user, post + "/like").json().path("liked").asBoolean();
    }

    /** Counts are kept for a moment. */
    private void awaitLikes(String post, long likes) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get(7, post + "/metrics").number("likes", "value") == likes);
    }
}
