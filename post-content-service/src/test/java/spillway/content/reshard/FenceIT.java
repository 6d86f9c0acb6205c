package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.content.shard.PostgresFence;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Slots change hands by nothing but the shards' own tables, behind the back of an instance with the old map. */
@RealServers({Server.POSTGRES, Server.KAFKA})
class FenceIT {

    private static final int OLD = 0;
    private static final int NEW = 5;

    @Test
    void writerThatWaitedForTheLock_writesAtTheNewOwner(Servers servers) throws SQLException {
        Storage storage = Storage.create(servers);
        try (TestService service = ReshardIT.start(servers, storage);
                Handing handing = Handing.begin(storage, user())) {
            CompletableFuture<Answer> writing = CompletableFuture.supplyAsync(
                    () -> service.api().post(handing.user(), "/v1/posts", "{\"content\":\"in time\"}"));
            awaitWaiter(storage);
            handing.commit();

            Answer answer = writing.join();
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            assertThat(posts(storage, OLD)).isEmpty();
            assertThat(posts(storage, NEW)).hasSize(1);
            assertThat(standing(storage, NEW, handing.user())).containsExactly("MIRRORING 2");
            assertThat(ReshardIT.jdbc(storage, NEW).queryForObject("SELECT count(*) FROM change", Long.class))
                    .isOne();
        }
    }

    @Test
    void routerThatSleptThroughTheHandover_readsAndWritesAtTheNewOwner(Servers servers) throws SQLException {
        Storage storage = Storage.create(servers);
        try (TestService service = ReshardIT.start(servers, storage)) {
            UserId user = user();
            String id = service.api().publish(user, "before");
            try (Handing handing = Handing.begin(storage, user)) {
                copy(storage, id);
                handing.commit();
            }

            assertThat(service.api().get(user, "/v1/posts/" + id).text("content"))
                    .isEqualTo("before");
            assertThat(service.api().get(user, "/v1/posts").ids()).containsExactly(id);
            Answer edited =
                    service.api().patch(user, "/v1/posts/" + id, "{\"content\":\"after\"}", "If-Match", "\"1\"");
            assertThat(edited.status()).isEqualTo(200);
            assertThat(service.api()
                            .get(user, "/v1/posts")
                            .json()
                            .path("items")
                            .path(0)
                            .path("content")
                            .asString())
                    .isEqualTo("after");
            assertThat(ReshardIT.jdbc(storage, OLD).queryForObject("SELECT content FROM post", String.class))
                    .isEqualTo("before");
        }
    }

    @Test
    void writesToAMirroredSlot_noteEachRowThatTheyChange(Servers servers) {
        Storage storage = Storage.create(servers);
        try (TestService service = ReshardIT.start(servers, storage)) {
            UserId author = user();
            UserId neighbour = Stream.generate(FenceIT::user)
                    .filter(user -> !user.slot().equals(author.slot()))
                    .findFirst()
                    .orElseThrow();
            int slot = author.slot().number();
            ReshardIT.jdbc(storage, OLD)
                    .update("UPDATE slot_state SET state = 'MIRRORING', peer = ?, move = 77 WHERE slot = ?", NEW, slot);

            String[] key = {"Idempotency-Key", "a-post"};
            String post = service.api()
                    .post(author, "/v1/posts", "{\"content\":\"noted\"}", key)
                    .text("id");
            service.api().post(author, "/v1/posts", "{\"content\":\"noted\"}", key);
            service.api().publish(neighbour, "not noted");
            String path = "/v1/posts/" + post;
            String comment = service.api()
                    .post(neighbour, path + "/comments", "{\"content\":\"noted\"}", "Idempotency-Key", "a-comment")
                    .text("id");
            service.api().patch(author, path, "{\"content\":\"edited\"}", "If-Match", "\"1\"");
            service.api().delete(author, path);

            assertThat(ReshardIT.jdbc(storage, OLD)
                            .queryForList(
                                    "SELECT concat_ws(' ', slot, kind, a, b, name) FROM change ORDER BY seq",
                                    String.class))
                    .containsExactlyInAnyOrder(
                            slot + " 2 " + author.value() + " 0 a-post",
                            slot + " 0 " + post + " 0 ",
                            slot + " 2 " + neighbour.value() + " 0 a-comment",
                            slot + " 1 " + post + " " + comment + " ",
                            slot + " 0 " + post + " 0 ",
                            slot + " 0 " + post + " 0 ");
        }
    }

    @Test
    void postInTheReplica_isNotAmongTheLatestTwice(Servers servers) throws SQLException {
        Storage storage = Storage.create(servers);
        try (TestService service = ReshardIT.start(servers, storage)) {
            UserId user = user();
            String id = service.api().publish(user, "once");
            try (Handing unfinished = Handing.begin(storage, user)) {
                copy(storage, id);

                assertThat(service.api().get(user, "/v1/posts").ids()).containsExactly(id);
                assertThat(unfinished.user()).isEqualTo(user);
            }
        }
    }

    @Test
    void slotThatNoShardKnows_isUnavailableAndNotWrittenAnywhere(Servers servers) {
        Storage storage = Storage.create(servers);
        try (TestService service = ReshardIT.start(servers, storage)) {
            UserId user = user();
            ReshardIT.jdbc(storage, OLD)
                    .update("DELETE FROM slot_state WHERE slot = ?", user.slot().number());

            Answer answer = service.api().post(user, "/v1/posts", "{\"content\":\"nowhere\"}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(posts(storage, OLD)).isEmpty();
            assertThat(service.api()
                            .get(user, "/v1/posts")
                            .json()
                            .path("incomplete")
                            .path(0)
                            .asInt())
                    .isEqualTo(OLD);
        }
    }

    /** With a map of four shards. */
    private static UserId user() {
        return Users.onShard(0);
    }

    private static void copy(Storage storage, String id) {
        ReshardIT.jdbc(storage, NEW)
                .update(
                        "INSERT INTO post SELECT ?, user_id, content, media_urls, version, deleted FROM "
                                + "(VALUES (?, 'before', CAST('{}' AS text[]), 1, false)) AS p (user_id, content, media_urls, version, deleted)",
                        Long.parseLong(id),
                        ReshardIT.jdbc(storage, OLD).queryForObject("SELECT user_id FROM post", Long.class));
    }

    private static void awaitWaiter(Storage storage) {
        JdbcTemplate old = ReshardIT.jdbc(storage, OLD);
        Awaitility.await()
                .until(() -> Boolean.TRUE.equals(old.queryForObject(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = "
                                + PostgresFence.LOCKS + ")",
                        Boolean.class)));
    }

    private static List<@Nullable Long> posts(Storage storage, int shard) {
        return ReshardIT.jdbc(storage, shard).queryForList("SELECT id FROM post", Long.class);
    }

    private static List<@Nullable String> standing(Storage storage, int shard, UserId user) {
        return ReshardIT.jdbc(storage, shard)
                .queryForList(
                        "SELECT state || ' ' || epoch FROM slot_state WHERE slot = ?",
                        String.class,
                        user.slot().number());
    }

    /** A handover by hand, not committed yet. */
    private record Handing(UserId user, Connection connection) implements AutoCloseable {

        static Handing begin(Storage storage, UserId user) throws SQLException {
            int slot = user.slot().number();
            ReshardIT.jdbc(storage, NEW).update("INSERT INTO slot_state VALUES (?, 'REPLICA', 1, ?, 77)", slot, OLD);
            Connection connection = DriverManager.getConnection(
                    storage.shards().get(OLD),
                    storage.catalog().username(),
                    storage.catalog().password());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + PostgresFence.LOCKS + ", " + slot + ")");
                statement.execute("UPDATE slot_state SET state = 'REPLICA', peer = " + NEW
                        + ", epoch = 2, move = 77 WHERE slot = " + slot);
            }
            return new Handing(user, connection);
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
