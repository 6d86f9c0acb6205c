package spillway.chaos.reshard;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import spillway.chaos.site.Site;

/** The databases themselves, past the service: to plant in them, and to see what is in them. Thread-safe. */
final class ShardDatabases {

    private static final String USER = "spillway";
    private static final List<String> SERVERS = List.of("postgres-a", "postgres-b");
    private static final String PREFIX = "shard_";

    private final Site site;
    private final Map<Integer, String> servers;

    private ShardDatabases(Site site, Map<Integer, String> servers) {
        this.site = site;
        this.servers = Map.copyOf(servers);
    }

    static ShardDatabases find(Site site) throws SQLException {
        Map<Integer, String> servers = new TreeMap<>();
        for (String server : SERVERS) {
            try (Connection connection = connect(site, server, "postgres");
                    PreparedStatement query = connection.prepareStatement(
                            "select datname from pg_database where datname ~ '^shard_[0-9]+$'");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    servers.put(Integer.parseInt(rows.getString(1).substring(PREFIX.length())), server);
                }
            }
        }
        return new ShardDatabases(site, servers);
    }

    Set<Integer> numbers() {
        return servers.keySet();
    }

    Connection connect(int shard) throws SQLException {
        String server = servers.get(shard);
        if (server == null) {
            throw new SQLException("there is no shard " + shard);
        }
        return connect(site, server, PREFIX + shard);
    }

    Connection catalog() throws SQLException {
        return connect(site, SERVERS.getFirst(), "catalog");
    }

    private static Connection connect(Site site, String server, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + Site.HOST + ":" + site.port(server) + "/" + database,
                USER,
                site.postgresPassword());
    }
}
