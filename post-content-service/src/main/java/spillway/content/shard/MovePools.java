package spillway.content.shard;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;

/**
 * Connections to shards for those who move slots: few, apart from those of the callers, made when they are needed and dropped
 * when they are not. Thread-safe.
 */
public final class MovePools implements AutoCloseable {

    private final List<Shard> shards;
    private final Pools pools;
    private final ConcurrentMap<Integer, HikariDataSource> open = new ConcurrentHashMap<>();

    MovePools(List<Shard> shards, Pools pools) {
        this.shards = List.copyOf(shards);
        this.pools = pools;
    }

    /** How many shards are configured. */
    public int configured() {
        return shards.size();
    }

    /** Whether this instance has found the shard's tables in the form it needs. */
    public boolean isOpen(int shard) {
        return shards.get(shard).isOpen();
    }

    public DataSource of(int shard) {
        return open.computeIfAbsent(
                shard,
                number -> pools.forMoves("move-" + number, shards.get(number).url()));
    }

    @Override
    public void close() {
        open.values().forEach(HikariDataSource::close);
    }
}
