package spillway.content.shard;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import spillway.platform.id.Slot;

/** The database of what all instances must agree on: the shard map and who may make which ids. Thread-safe. */
public final class Catalog implements OwnerSearch.CatalogMap, AutoCloseable {

    private final String url;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Catalog(String url, HikariDataSource pool) {
        this.url = url;
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /** Statements on the catalog, each its own transaction. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Several statements on the catalog in one transaction. */
    public TransactionOperations transaction() {
        return transaction;
    }

    /** A connection of the caller's own, which ends with its session what the session holds. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    String url() {
        return url;
    }

    /** Version of the map. */
    @Override
    public long epoch() {
        return jdbc.sql("SELECT epoch FROM shard_map").query(Long.class).single();
    }

    /** The map; the first instance of all makes it, every shard with an equal share of the slots. */
    ShardMap loadOrSeed(int shards) {
        transaction.executeWithoutResult(status -> seed(shards));
        return load();
    }

    @Override
    public ShardMap load() {
        // One statement is one snapshot: the epoch and the assignment belong together.
        return jdbc.sql("""
                        SELECT shard_map.epoch, shards, slot_epochs FROM shard_map,
                            (SELECT array_agg(shard ORDER BY slot) AS shards, array_agg(epoch ORDER BY slot) AS slot_epochs
                            FROM shard_slot) AS slots""")
                .query((row, n) -> ShardMap.of(
                        row.getLong("epoch"), (Integer[]) row.getArray("shards").getArray(), (Long[])
                                row.getArray("slot_epochs").getArray()))
                .single();
    }

    /** An instance that comes second waits here for the first one's commit and then finds the map. */
    private void seed(int shards) {
        int first = jdbc.sql("INSERT INTO shard_map (epoch) VALUES (1) ON CONFLICT DO NOTHING")
                .update();
        if (first == 1) {
            jdbc.sql(
                            "INSERT INTO shard_slot (slot, shard) SELECT s, s * :shards / :slots FROM generate_series(0, :slots - 1) s")
                    .param("shards", shards)
                    .param("slots", Slot.COUNT)
                    .update();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
