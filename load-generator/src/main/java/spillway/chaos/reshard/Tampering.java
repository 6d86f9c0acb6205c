package spillway.chaos.reshard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import spillway.chaos.reshard.Census.Role;
import spillway.chaos.site.Wait;

/** Changes one byte of one row that was copied, past everything that guards it, and mends it again. */
final class Tampering {

    private static final String CHANGE =
            "update post set content = overlay(content placing ? from 1 for 1) where id = ?";

    private final ShardDatabases databases;

    /** Which row. */
    record Row(int shard, long id) {}

    Tampering(ShardDatabases databases) {
        this.databases = databases;
    }

    /** As soon as any row was copied; empty when none was in the time given. */
    Optional<Row> tamper(Duration limit) throws SQLException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - end < 0) {
            for (int shard : databases.numbers()) {
                Optional<Row> copied = copied(shard);
                if (copied.isPresent() && set(copied.get(), "X")) {
                    return copied;
                }
            }
            Wait.during(Duration.ofMillis(50));
        }
        return Optional.empty();
    }

    void mend(Row row) throws SQLException {
        set(row, "T");
    }

    private boolean set(Row row, String first) throws SQLException {
        try (Connection connection = databases.connect(row.shard());
                PreparedStatement update = connection.prepareStatement(CHANGE)) {
            update.setString(1, first);
            update.setLong(2, row.id());
            return update.executeUpdate() == 1;
        }
    }

    /** A planted row that nobody is likely to edit, of a slot that the shard has a replica of. */
    private Optional<Row> copied(int shard) throws SQLException {
        try (Connection connection = databases.connect(shard)) {
            if (!CensusTaker.roles(connection).containsValue(Role.REPLICA)) {
                return Optional.empty();
            }
            try (PreparedStatement query = connection.prepareStatement("""
                            select p.id from post p join slot_state s on s.slot = ((p.id >> 10) & 4095)
                            where s.state = 'REPLICA' and not p.deleted order by p.id limit 1""");
                    ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(new Row(shard, rows.getLong(1))) : Optional.empty();
            }
        }
    }
}
