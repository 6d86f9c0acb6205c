package spillway.content.shard;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Builds the bounded, named pools. A pool connects on first use, never when it is built. */
final class Pools {

    private static final int MOVE_CONNECTIONS = 6;
    private static final Duration MOVE_IDLE = Duration.ofSeconds(30);
    private static final Duration MOVE_STATEMENT = Duration.ofSeconds(60);

    private final Databases databases;
    private final PostgresLogin login;
    private final MeterRegistry meters;

    Pools(Databases databases, PostgresLogin login, MeterRegistry meters) {
        this.databases = databases;
        this.login = login;
        this.meters = meters;
    }

    /** The name is also the tag {@code pool} of the pool's metrics. */
    HikariDataSource pool(String name, String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(login.username());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(databases.poolSize());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(databases.connectionWait().toMillis());
        pool.setValidationTimeout(Math.min(500, databases.connectionWait().toMillis()));
        pool.setInitializationFailTimeout(-1);
        pool.setMetricRegistry(meters);
        pool.addDataSourceProperty("ApplicationName", "spillway-content");
        pool.addDataSourceProperty("connectTimeout", seconds(databases.connectTimeout()));
        pool.addDataSourceProperty("socketTimeout", seconds(databases.socketTimeout()));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("options", sessionOptions());
        return pool;
    }

    /**
     * A pool for those who move slots: their statements touch thousands of rows. Those that come with each group of slots name
     * their rows, and to plan them over the partitions of posts takes longer than to find the rows.
     */
    HikariDataSource forMoves(String name, String url) {
        HikariDataSource pool = pool(name, url);
        pool.setMaximumPoolSize(MOVE_CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(MOVE_IDLE.toMillis());
        pool.addDataSourceProperty("ApplicationName", "spillway-move");
        pool.addDataSourceProperty("socketTimeout", seconds(MOVE_STATEMENT.plus(databases.socketTimeout())));
        pool.addDataSourceProperty(
                "options",
                "-c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=" + MOVE_STATEMENT.toMillis()
                        + " -c lock_timeout="
                        + databases.lockTimeout().toMillis() + " -c idle_in_transaction_session_timeout="
                        + databases.idleInTransactionTimeout().toMillis());
        return pool;
    }

    /**
     * Limits, and plans made once: over the partitions of posts a plan costs more than what it finds, and what could be
     * better about a new one for each value is found when it runs (docs/adr/0018). Pages are read from memory or flash, where
     * one at a random place costs hardly more than the next: with the planner's default for turning discs, the latest posts
     * are found by reading all.
     */
    private String sessionOptions() {
        return "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 -c statement_timeout="
                + databases.statementTimeout().toMillis()
                + " -c lock_timeout=" + databases.lockTimeout().toMillis()
                + " -c idle_in_transaction_session_timeout="
                + databases.idleInTransactionTimeout().toMillis();
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
