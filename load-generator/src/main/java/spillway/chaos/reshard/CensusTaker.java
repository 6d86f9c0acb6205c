package spillway.chaos.reshard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import spillway.chaos.reshard.Census.Role;
import spillway.chaos.reshard.Census.Row;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/** Reads every row of every shard to a {@link Census}, while nobody writes. */
final class CensusTaker {

    private static final int FETCH = 5_000;

    private final ShardDatabases databases;

    CensusTaker(ShardDatabases databases) {
        this.databases = databases;
    }

    Census.Result take(Ledger ledger) throws SQLException {
        Census census = new Census(ledger);
        for (int shard : databases.numbers()) {
            try (Connection connection = databases.connect(shard)) {
                // Only within a transaction does the driver fetch piece by piece.
                connection.setAutoCommit(false);
                Map<Integer, Role> roles = roles(connection);
                roles.forEach((slot, role) -> {
                    if (role == Role.OWNER) {
                        census.owner(slot, shard);
                    }
                });
                posts(connection, shard, roles, census);
                comments(connection, shard, roles, census);
                connection.rollback();
            }
        }
        return census.result(Slot.COUNT);
    }

    static Map<Integer, Role> roles(Connection connection) throws SQLException {
        Map<Integer, Role> roles = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("select slot, state from slot_state");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                roles.put(rows.getInt(1), rows.getString(2).equals("REPLICA") ? Role.REPLICA : Role.OWNER);
            }
        }
        return roles;
    }

    private static void posts(Connection connection, int shard, Map<Integer, Role> roles, Census census)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select id, user_id, version, deleted, content from post")) {
            query.setFetchSize(FETCH);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    census.post(
                            shard,
                            role(roles, id),
                            new Row(id, rows.getLong(2), rows.getLong(3), rows.getBoolean(4), rows.getString(5)));
                }
            }
        }
    }

    private static void comments(Connection connection, int shard, Map<Integer, Role> roles, Census census)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select post_id, id from comment")) {
            query.setFetchSize(FETCH);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    census.comment(shard, role(roles, rows.getLong(1)), rows.getLong(1), rows.getLong(2));
                }
            }
        }
    }

    private static Role role(Map<Integer, Role> roles, long id) {
        return roles.getOrDefault(new PostId(id).slot().number(), Role.NONE);
    }
}
