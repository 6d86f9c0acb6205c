package spillway.content.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import spillway.content.shard.Shards;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";
    private static final String BODY = "{\"content\":\"once\",\"mediaUrls\":[\"http://a\"]}";

    @LocalServerPort
    private int port;

    @Autowired
    private Shards shards;

    @Autowired
    private IdempotencyKeys keys;

    private Api api;
    private final UserId user = Users.any();

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void sameKeyAndBody_givesTheFirstAnswerAgain() {
        Answer first = api.post(user, "/v1/posts", BODY, KEY, "k1");
        Answer again = api.post(user, "/v1/posts", " " + BODY + " ", KEY, "k1");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(postsOf(user)).hasSize(1);
    }

    @Test
    void answerStaysTheFirst_afterEditAndDelete() {
        Answer first = api.post(user, "/v1/posts", BODY, KEY, "k1");
        String path = "/v1/posts/" + first.text("id");

        api.patch(user, path, "{\"content\":\"changed\"}", "If-Match", "\"1\"");
        assertThat(api.post(user, "/v1/posts", BODY, KEY, "k1").json()).isEqualTo(first.json());
        api.delete(user, path);
        assertThat(api.post(user, "/v1/posts", BODY, KEY, "k1").json()).isEqualTo(first.json());
        assertThat(postsOf(user)).isEmpty();
    }

    @Test
    void sameKeyWithAnotherBody_is422() {
        api.post(user, "/v1/posts", BODY, KEY, "k1");

        Answer other = api.post(user, "/v1/posts", "{\"content\":\"other\"}", KEY, "k1");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("type")).isEqualTo("urn:spillway:problem:idempotency-mismatch");
        assertThat(postsOf(user)).hasSize(1);
    }

    @Test
    void sameKeyOfAnotherUserOfTheShard_isAnotherKey() {
        UserId neighbour = Users.onShard(Users.shardOf(user.slot()));
        api.post(user, "/v1/posts", BODY, KEY, "k1");

        assertThat(api.post(neighbour, "/v1/posts", "{\"content\":\"other\"}", KEY, "k1")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void withoutAKey_eachSendIsAPost() {
        api.post(user, "/v1/posts", BODY);
        api.post(user, "/v1/posts", BODY);

        assertThat(postsOf(user)).hasSize(2);
    }

    @Test
    void repeatedComment_isOneComment() {
        String path = "/v1/posts/" + api.publish(user, "talk") + "/comments";

        Answer first = api.post(user, path, "{\"content\":\"x\"}", KEY, "c1");
        Answer again = api.post(user, path, "{\"content\":\"x\"}", KEY, "c1");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.post(user, path, "{\"content\":\"y\"}", KEY, "c1").status())
                .isEqualTo(422);
        assertThat(api.get(user, path).ids()).hasSize(1);
    }

    @Test
    void keyOfAPost_isNoneForAComment_norForACommentOnAnotherPost() {
        Answer post = api.post(user, "/v1/posts", BODY, KEY, "k1");
        String path = "/v1/posts/" + post.text("id") + "/comments";
        String other = "/v1/posts/" + api.publish(user, "other") + "/comments";

        assertThat(api.post(user, path, "{\"content\":\"once\"}", KEY, "k1").status())
                .isEqualTo(422);
        assertThat(api.post(user, path, "{\"content\":\"x\"}", KEY, "c1").status())
                .isEqualTo(201);
        assertThat(api.post(user, other, "{\"content\":\"x\"}", KEY, "c1").status())
                .isEqualTo(422);
        assertThat(api.get(user, other).ids()).isEmpty();
    }

    @RepeatedTest(5)
    void concurrentSendsOfOneKey_makeOnePost() throws InterruptedException, ExecutionException {
        UserId sender = Users.any();
        List<Callable<Answer>> sends = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sends.add(() -> api.post(sender, "/v1/posts", BODY, KEY, "k1"));
        }
        List<String> ids = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> send : executor.invokeAll(sends)) {
                Answer answer = send.get();
                // 503 only on a machine so busy that the pool gives no connection in time.
                assertThat(answer.status()).isIn(201, 409, 503);
                if (answer.status() == 201) {
                    ids.add(answer.text("id"));
                }
            }
        }

        assertThat(ids).isNotEmpty();
        assertThat(postsOf(sender)).hasSize(1).containsAll(ids);
    }

    @Test
    void keyOfAnOpenTransaction_isInFlight() {
        Fingerprint fingerprint = Fingerprint.of(List.of("x"));
        IdempotencyKey key = new IdempotencyKey("open");
        PostId id = PostId.of(1, user.slot(), 1);

        shards.write(user.slot(), () -> {
            keys.claim(new Claim(user, key, fingerprint, id));
            Thread rival = Thread.ofVirtual()
                    .start(() -> assertThatExceptionOfType(KeyInFlight.class)
                            .isThrownBy(() -> claim(key, fingerprint, PostId.of(1, user.slot(), 2))));
            assertThat(joined(rival))
                    .as("a rival is told at once and does not wait")
                    .isTrue();
            return id;
        });

        assertThat(claim(key, fingerprint, PostId.of(1, user.slot(), 3)).sequence())
                .isEqualTo(1);
    }

    private PostId claim(IdempotencyKey key, Fingerprint fingerprint, PostId id) {
        return shards.write(user.slot(), () -> keys.claim(new Claim(user, key, fingerprint, id)));
    }

    private List<String> postsOf(UserId author) {
        return api.get(author, "/v1/users/" + author + "/posts").ids();
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
