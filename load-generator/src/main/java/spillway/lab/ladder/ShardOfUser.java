package spillway.lab.ladder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/** Which shard a user's posts live on, as the catalog says. Immutable. */
final class ShardOfUser {

    private final Map<Integer, Integer> shards;

    private ShardOfUser(Map<Integer, Integer> shards) {
        this.shards = Map.copyOf(shards);
    }

    static ShardOfUser read(Stack stack) throws SQLException {
        Map<Integer, Integer> shards = new HashMap<>();
        try (Connection catalog = stack.connect(Part.POSTGRES_A, "catalog");
                PreparedStatement query = catalog.prepareStatement("select slot, shard from shard_slot");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                shards.put(rows.getInt("slot"), rows.getInt("shard"));
            }
        }
        return new ShardOfUser(shards);
    }

    int of(long user) {
        Integer shard = shards.get(Slot.of(new UserId(user)).number());
        if (shard == null) {
            throw new IllegalStateException("the catalog does not know every slot");
        }
        return shard;
    }
}
