package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

/** A shard with two connections, for one of which a caller may wait, and for at most a second. */
@RealServers(Server.POSTGRES)
class ShardIT {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Shard shard;

    @BeforeEach
    void open(Servers servers) {
        Database database = servers.postgres().newDatabase();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(1_000);
        BreakerRules rules = new BreakerRules(1, 2, Duration.ofMillis(500), Duration.ofSeconds(30));
        shard = new Shard(0, database.url(), pool, rules, Clock.systemUTC(), meters);
        shard.open();
    }

    @AfterEach
    void close() {
        shard.close();
    }

    @Test
    void oneWaiterTooMany_isRefusedAtOnce() throws SQLException, InterruptedException {
        Thread waiter;
        try (Connection one = shard.connection();
                Connection two = shard.connection()) {
            waiter = Thread.ofVirtual().start(this::useBriefly);
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

            assertThatExceptionOfType(SQLTransientConnectionException.class)
                    .isThrownBy(shard::connection)
                    .withMessage("too many wait for shard 0");
            assertThat(refused("full")).isEqualTo(1);
            assertThat(one).isNotEqualTo(two);
        }
        waiter.join();
        useBriefly();
    }

    @Test
    void twoWaitersInARowInVain_closeTheDoorForOthers() throws SQLException {
        try (Connection one = shard.connection();
                Connection two = shard.connection()) {
            waitInVain();
            assertThat(refused("away")).isZero();
            waitInVain();

            assertThatExceptionOfType(SQLTransientConnectionException.class)
                    .isThrownBy(shard::connection)
                    .withMessage("shard 0 cannot be reached");
            assertThat(refused("away")).isEqualTo(1);
            assertThat(one).isNotEqualTo(two);
        }
    }

    /** Such a shard is busy and not hung. */
    @Test
    void someoneServedBetweenTwoWaitsInVain_keepsTheDoorOpen() throws SQLException {
        try (Connection one = shard.connection()) {
            try (Connection two = shard.connection()) {
                waitInVain();
                assertThat(one).isNotEqualTo(two);
            }
            useBriefly();
            try (Connection two = shard.connection()) {
                waitInVain();
                assertThat(one).isNotEqualTo(two);
            }
        }
        useBriefly();
    }

    private void waitInVain() {
        assertThatExceptionOfType(SQLTransientConnectionException.class)
                .isThrownBy(shard::connection)
                .withMessageContaining("request timed out");
    }

    private void useBriefly() {
        try (Connection connection = shard.connection()) {
            assertThat(connection.isValid(1)).isTrue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double refused(String reason) {
        return meters.get("spillway.content.shard.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
