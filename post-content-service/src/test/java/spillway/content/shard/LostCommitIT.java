package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/**
 * A connection that is lost while the database commits: each caller of the transaction is told that the outcome is unknown
 * (invariant I1), and sending again with the same key makes one post.
 */
@RealServers({Server.POSTGRES, Server.KAFKA})
class LostCommitIT {

    private static final int SHARD = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"single", "batched"})
    void connectionLostDuringTheCommit_isUnknownToEachCaller_andSentAgainItIsOnePost(String path, Servers servers)
            throws Exception {
        Storage storage = Storage.create(servers);
        try (Wire wire = storage.wireTo(SHARD)) {
            wire.mend();
            try (TestService service = TestService.start(
                            servers, storage.with(SHARD, wire), "spillway.content.insert.path=" + path);
                    Connection direct = direct(storage)) {
                Api api = service.api();
                List<UserId> users = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    users.add(Users.onShard(SHARD));
                }
                List<Future<Answer>> sends = new ArrayList<>();
                List<Answer> answers = new ArrayList<>();
                try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    commitsTakeASecond(direct);
                    users.forEach(user -> sends.add(executor.submit(() -> post(api, user))));
                    await().atMost(PATIENCE).until(() -> commits(direct) > 0);
                    wire.cut();
                    for (Future<Answer> send : sends) {
                        answers.add(send.get());
                    }
                }
                assertThat(answers).allMatch(answer -> answer.status() == 503);
                assertThat(answers)
                        .anyMatch(answer -> answer.text("outcome").equals("unknown"))
                        .allMatch(answer -> answer.text("outcome").equals("unknown")
                                || answer.text("type").equals("urn:spillway:problem:unavailable"));

                commitsTakeNoTime(direct);
                wire.mend();
                for (UserId user : users) {
                    await().atMost(PATIENCE).until(() -> post(api, user).status() == 201);
                    assertThat(api.get(user, "/v1/users/" + user + "/posts").ids())
                            .containsExactly(post(api, user).text("id"));
                }
            }
        }
    }

    private static Answer post(Api api, UserId user) {
        return api.post(user, "/v1/posts", "{\"content\":\"x\"}", "Idempotency-Key", "k");
    }

    private static Connection direct(Storage storage) throws SQLException {
        return DriverManager.getConnection(
                storage.shards().get(SHARD),
                storage.catalog().username(),
                storage.catalog().password());
    }

    /** By a check that is put off to the commit. */
    private static void commitsTakeASecond(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute("CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$");
            statement.execute("CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON post DEFERRABLE INITIALLY DEFERRED "
                    + "FOR EACH ROW EXECUTE FUNCTION linger()");
        }
    }

    private static void commitsTakeNoTime(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute("DROP TRIGGER slow ON post");
        }
    }

    private static int commits(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity "
                        + "WHERE datname = current_database() AND state = 'active' AND query = 'COMMIT'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
