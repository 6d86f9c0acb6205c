package spillway.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** What clients hear when the real database has trouble. */
@RealServers(Server.POSTGRES)
@WholeMonolith
@TestPropertySource(
        properties = {
            "spring.datasource.hikari.maximum-pool-size=4",
            "spring.datasource.hikari.connection-timeout=1000",
            // Longer than a test keeps the lock that others wait for.
            "spring.datasource.hikari.data-source-properties.options=-c statement_timeout=30s"
        })
class OutagesIT {

    /** What every like of the post waits for. */
    private static final String LOCK = "update posts set like_count = like_count where id = ";

    @Autowired
    private DataSource source;

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void noFreeConnection_refusesTheRest_andLosesNoneOfTheOthers() throws Exception {
        String post = api.post(60, "contended");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Connection holder = source.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(LOCK + post);
            List<Future<Integer>> waiting = LongStream.range(61, 64)
                    .mapToObj(user -> clients.submit(() -> api.like(user, post)))
                    .toList();
            awaitLockWaits(statement, 3);

            assertThat(api.likeProblem(64, post)).isEqualTo("urn:spillway:problem:unavailable");

            holder.rollback();
            holder.setAutoCommit(true);
            for (Future<Integer> like : waiting) {
                assertThat(like.get()).isEqualTo(202);
            }
        }
        assertThat(api.count(post, "likes")).isEqualTo(3);
    }

    @Test
    void connectionLostMidWrite_leavesTheOutcomeUnknown() throws Exception {
        String post = api.post(60, "cut");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Connection holder = source.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(LOCK + post);
            Future<String> cut = clients.submit(() -> api.likeProblem(61, post));
            awaitLockWaits(statement, 1);

            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'");

            assertThat(cut.get()).isEqualTo("urn:spillway:problem:outcome-unknown");
            holder.rollback();
            holder.setAutoCommit(true);
        }
        assertThat(api.count(post, "likes")).isZero();
    }

    private static void awaitLockWaits(Statement statement, int expected) {
        await().until(() -> lockWaits(statement) == expected);
    }

    private static long lockWaits(Statement statement) throws SQLException {
        // A transaction sees the statistics as they were at its first look.
        statement.execute("select pg_stat_clear_snapshot()");
        try (ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
