package spillway.chaos.overload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/** On which server a user's posts are, as the catalog and the servers themselves say. Immutable. */
final class ShardMap {

    /** The one without the catalog. */
    static final String SECOND_SERVER = "postgres-b";

    private static final String FIRST_SERVER = "postgres-a";
    private static final String PREFIX = "shard_";

    private final Map<Integer, Integer> shards;
    private final Set<Integer> onSecond;

    private ShardMap(Map<Integer, Integer> shards, Set<Integer> onSecond) {
        this.shards = Map.copyOf(shards);
        this.onSecond = Set.copyOf(onSecond);
    }

    static ShardMap read(Site site) throws Unreachable {
        Map<Integer, Integer> shards = new HashMap<>();
        Set<Integer> onSecond = new HashSet<>();
        try (Connection catalog = connect(site, FIRST_SERVER, "catalog");
                PreparedStatement slots = catalog.prepareStatement("select slot, shard from shard_slot");
                ResultSet rows = slots.executeQuery();
                Connection second = connect(site, SECOND_SERVER, "postgres");
                PreparedStatement databases =
                        second.prepareStatement("select datname from pg_database where datname ~ '^shard_[0-9]+$'");
                ResultSet names = databases.executeQuery()) {
            while (rows.next()) {
                shards.put(rows.getInt(1), rows.getInt(2));
            }
            while (names.next()) {
                onSecond.add(Integer.valueOf(names.getString(1).substring(PREFIX.length())));
            }
        } catch (SQLException e) {
            throw new Unreachable("the catalog cannot be read: " + e.getMessage());
        }
        return new ShardMap(shards, onSecond);
    }

    boolean isOnSecond(long user) {
        Integer shard = shards.get(Slot.of(new UserId(user)).number());
        return shard != null && onSecond.contains(shard);
    }

    private static Connection connect(Site site, String server, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + Site.HOST + ":" + site.port(server) + "/" + database,
                "spillway",
                site.postgresPassword());
    }
}
