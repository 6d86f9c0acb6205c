package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
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
class PostsIT {

    @LocalServerPort
    private int port;

    @Autowired
    private Environment environment;

    @Autowired
    private Shards shards;

    @Autowired
    private Posts posts;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void newPost_isAnsweredWithPlaceAndVersion_andReadsTheSame() {
        UserId user = Users.any();
        String content = "Grüße, 世界 😀 '; DROP TABLE post; -- ${jndi:ldap://x}";

        Answer created = api.post(
                user,
                "/v1/posts",
                "{\"content\":\"" + content + "\",\"mediaUrls\":[\"https://a/1.jpg\",\"http://b/2\"]}");

        assertThat(created.status()).isEqualTo(201);
        String id = created.text("id");
        assertThat(created.header("Location")).isEqualTo("/v1/posts/" + id);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().propertyNames())
                .containsExactly("id", "userId", "content", "mediaUrls", "createdAt", "version");
        assertThat(created.json().get("id").isString()).isTrue();
        assertThat(created.text("userId")).isEqualTo(user.toString());
        assertThat(created.text("content")).isEqualTo(content);
        assertThat(created.text("createdAt"))
                .isEqualTo(PostId.parse(id).createdAt().toString());

        Answer read = api.get(Users.any(), "/v1/posts/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.json()).isEqualTo(created.json());
    }

    @Test
    void postsOfUsersOfEveryShard_areStoredThereAndNowhereElse() throws SQLException {
        List<UserId> users = Users.onEveryShard();
        List<String> ids = new ArrayList<>();
        for (UserId user : users) {
            ids.add(api.publish(user, "shard test"));
        }

        for (int shard = 0; shard < users.size(); shard++) {
            assertThat(idsOn(shard)).contains(ids.get(shard));
            assertThat(api.get(users.get(shard), "/v1/posts/" + ids.get(shard)).status())
                    .isEqualTo(200);
            for (int other = 0; other < users.size(); other++) {
                if (other != shard) {
                    assertThat(idsOn(other)).doesNotContain(ids.get(shard));
                }
            }
        }
    }

    @Test
    void postsOfAUser_comeNewestFirstInPages() {
        UserId user = Users.any();
        List<String> newestFirst = IntStream.range(0, 5)
                .mapToObj(n -> api.publish(user, "post " + n))
                .toList()
                .reversed();
        api.publish(Users.onShard(Users.shardOf(user.slot())), "a neighbour's");
        String list = "/v1/users/" + user + "/posts";

        Answer first = api.get(user, list + "?limit=2");
        Answer second = api.get(user, list + "?limit=2&cursor=" + first.text("next"));
        Answer third = api.get(user, list + "?limit=2&cursor=" + second.text("next"));

        assertThat(first.ids()).isEqualTo(newestFirst.subList(0, 2));
        assertThat(second.ids()).isEqualTo(newestFirst.subList(2, 4));
        assertThat(third.ids()).isEqualTo(newestFirst.subList(4, 5));
        assertThat(third.json().get("next").isNull()).isTrue();
        assertThat(third.json().get("incomplete")).isEmpty();
    }

    @Test
    void userWithoutPosts_hasAnEmptyList() {
        Answer list = api.get(Users.any(), "/v1/users/" + Users.any() + "/posts");

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.ids()).isEmpty();
    }

    @Test
    void latest_mergesAllShardsNewestFirst() {
        List<String> newestFirst = Users.onEveryShard().stream()
                .map(user -> api.publish(user, "latest"))
                .toList()
                .reversed();

        Answer first = api.get(Users.any(), "/v1/posts?limit=5");
        Answer second = api.get(Users.any(), "/v1/posts?limit=3&cursor=" + first.text("next"));

        assertThat(first.ids()).isEqualTo(newestFirst.subList(0, 5));
        assertThat(second.ids()).isEqualTo(newestFirst.subList(5, 8));
        assertThat(first.json().get("incomplete")).isEmpty();
    }

    @Test
    void knownVersion_isNotSentAgain() {
        UserId user = Users.any();
        String path = "/v1/posts/" + api.publish(user, "cached");

        assertThat(api.get(user, path).header("Cache-Control")).isEqualTo("no-cache, private");
        assertThat(api.get(user, path, "If-None-Match", "\"1\"").status()).isEqualTo(304);
        assertThat(api.get(user, path, "If-None-Match", "\"2\"").status()).isEqualTo(200);
    }

    @Test
    void edit_needsTheVersionItStartsFrom() {
        UserId user = Users.any();
        String path = "/v1/posts/" + api.publish(user, "first");

        assertThat(api.patch(user, path, "{\"content\":\"x\"}").status()).isEqualTo(428);
        assertThat(api.patch(user, path, "{\"content\":\"x\"}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(412);

        Answer edited = api.patch(user, path, "{\"content\":\"second\"}", "If-Match", "\"1\"");
        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.header("ETag")).isEqualTo("\"2\"");
        assertThat(edited.json()).isEqualTo(api.get(user, path).json());
        assertThat(edited.text("content")).isEqualTo("second");
        assertThat(api.patch(user, path, "{\"content\":\"x\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void concurrentEditsOfOneVersion_oneWins() throws InterruptedException, ExecutionException {
        UserId user = Users.any();
        String path = "/v1/posts/" + api.publish(user, "contested");
        Callable<Integer> edit = () -> api.patch(user, path, "{\"content\":\"x\"}", "If-Match", "\"1\"")
                .status();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : executor.invokeAll(Collections.nCopies(8, edit))) {
                statuses.add(status.get());
            }
        }

        // 503 only on a machine so busy that a lock is not had within its timeout.
        assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 412, 503);
        assertThat(api.get(user, path).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void editOfUrls_leavesTheContent() {
        UserId user = Users.any();
        String path = "/v1/posts/" + api.publish(user, "stays");

        Answer edited = api.patch(user, path, "{\"mediaUrls\":[\"http://a\"]}", "If-Match", "*");

        assertThat(edited.text("content")).isEqualTo("stays");
        assertThat(edited.json().get("mediaUrls").get(0).asString()).isEqualTo("http://a");
    }

    @Test
    void deletedPost_isGoneForReadersListsAndChanges() {
        UserId user = Users.any();
        String id = api.publish(user, "gone soon");
        String path = "/v1/posts/" + id;

        assertThat(api.delete(user, path, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(api.delete(user, path).status()).isEqualTo(204);

        assertThat(api.get(user, path).status()).isEqualTo(404);
        assertThat(api.delete(user, path).status()).isEqualTo(404);
        assertThat(api.patch(user, path, "{\"content\":\"x\"}", "If-Match", "*").status())
                .isEqualTo(404);
        assertThat(api.post(user, path + "/comments", "{\"content\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(api.get(user, path + "/comments").status()).isEqualTo(404);
        assertThat(api.get(user, "/v1/users/" + user + "/posts").ids()).isEmpty();
        assertThat(api.get(user, "/v1/posts").ids()).doesNotContain(id);
    }

    @Test
    void nobodyButTheAuthor_changesAPost() {
        UserId author = Users.onShard(2);
        UserId other = Users.onShard(2);
        String path = "/v1/posts/" + api.publish(author, "mine");

        assertThat(api.patch(other, path, "{\"content\":\"x\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(403);
        assertThat(api.delete(other, path).status()).isEqualTo(403);
        assertThat(api.get(author, path).text("content")).isEqualTo("mine");
    }

    /** The same rule once more where the row is changed, for whoever calls without the check before. */
    @Test
    void updateItself_leavesOthersPostsAndOtherVersionsAlone() {
        UserId author = Users.onShard(5);
        PostId id = PostId.parse(api.publish(author, "mine"));
        String[] none = {};

        int changed = shards.write(
                id.slot(),
                () -> posts.edit(id.value(), author.value() + 1, 1, "x", none)
                        + posts.bury(id.value(), author.value() + 1, 1, none)
                        + posts.edit(id.value(), author.value(), 2, "x", none)
                        + posts.bury(id.value(), author.value(), 2, none));

        assertThat(changed).isZero();
        assertThat(api.get(author, "/v1/posts/" + id).text("content")).isEqualTo("mine");
    }

    @Test
    void comments_liveWithTheirPostAndComeNewestFirst() {
        UserId author = Users.onShard(1);
        UserId guest = Users.onShard(6);
        String post = api.publish(author, "talk");
        String path = "/v1/posts/" + post + "/comments";

        Answer first = api.post(guest, path, "{\"content\":\"eins\"}");
        Answer second = api.post(author, path, "{\"content\":\"zwei\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().propertyNames()).containsExactly("id", "postId", "userId", "content", "createdAt");
        assertThat(first.text("postId")).isEqualTo(post);
        assertThat(first.text("userId")).isEqualTo(guest.toString());
        assertThat(PostId.parse(first.text("id")).slot()).isEqualTo(author.slot());
        Answer page = api.get(guest, path + "?limit=1");
        assertThat(page.ids()).containsExactly(second.text("id"));
        assertThat(api.get(guest, path + "?limit=1&cursor=" + page.text("next")).ids())
                .containsExactly(first.text("id"));
    }

    private List<String> idsOn(int shard) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (var connection = DriverManager.getConnection(
                        environment.getRequiredProperty("spillway.content.shard-urls[" + shard + "]"),
                        environment.getRequiredProperty("spillway.postgres.username"),
                        environment.getRequiredProperty("spillway.postgres.password"));
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM post")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
