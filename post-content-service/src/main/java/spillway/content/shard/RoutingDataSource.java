package spillway.content.shard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Connections of the {@link CurrentShard}'s pool; without one it refuses. */
final class RoutingDataSource extends AbstractDataSource {

    private final List<Shard> shards;

    RoutingDataSource(List<Shard> shards) {
        this.shards = List.copyOf(shards);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return shards.get(CurrentShard.required()).connection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new UnsupportedOperationException("every shard has its one login");
    }
}
