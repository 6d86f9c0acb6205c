package spillway.content.shard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells a shard's database, once and for all, which shard it is and which slots it starts with. */
final class Ownership {

    private final JdbcTemplate database;
    private final TransactionTemplate transaction;

    Ownership(DataSource database) {
        this.database = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * The first to come decides; no move of slots can have begun before, because a move wants both its shards to know
     * themselves.
     *
     * @param slots by the catalog's present map
     * @throws IllegalStateException when the database is another shard
     */
    void claim(int shard, SlotSet slots) {
        transaction.executeWithoutResult(status -> {
            int first = database.update("INSERT INTO ownership (shard) VALUES (?) ON CONFLICT DO NOTHING", shard);
            if (first == 1) {
                database.execute((Connection connection) -> own(connection, slots));
            } else {
                requireSame(shard);
            }
        });
    }

    private static int own(Connection connection, SlotSet slots) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO slot_state (slot, state, epoch) SELECT unnest(?), 'OWNER', 1")) {
            insert.setArray(
                    1, connection.createArrayOf("int4", slots.numbers().boxed().toArray()));
            return insert.executeUpdate();
        }
    }

    private void requireSame(int shard) {
        Integer known =
                database.queryForObject("SELECT shard FROM ownership", (ResultSet row, int n) -> row.getInt("shard"));
        if (known == null || known != shard) {
            throw new IllegalStateException("the database is shard " + known + ", not shard " + shard
                    + ": the order of spillway.content.shard-urls must never change");
        }
    }
}
