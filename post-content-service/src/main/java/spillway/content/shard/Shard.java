package spillway.content.shard;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database of posts with its own pool, so that a stopped one costs nothing of the others (invariant I8). It gives
 * connections once its tables are there, and fails fast while it cannot be reached. Thread-safe.
 */
final class Shard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    private final int number;
    private final String url;
    private final HikariDataSource pool;
    private final Outage outage;
    private volatile boolean open;

    Shard(int number, String url, HikariDataSource pool, Outage outage) {
        this.number = number;
        this.url = url;
        this.pool = pool;
        this.outage = outage;
    }

    int number() {
        return number;
    }

    String url() {
        return url;
    }

    /** Its tables have the form this version of the service needs. */
    void open() {
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    Connection connection() throws SQLException {
        if (!open || !outage.mayTry()) {
            throw new SQLTransientConnectionException("shard " + number + " cannot be reached", "08001");
        }
        try {
            Connection connection = pool.getConnection();
            if (outage.end()) {
                LOG.info("Shard {} is back", number);
            }
            return connection;
        } catch (SQLTransientConnectionException noneInTime) {
            // A pool with connections is only busy.
            if (pool.getHikariPoolMXBean().getTotalConnections() == 0 && outage.begin()) {
                LOG.warn("Shard {} cannot be reached: {}", number, noneInTime.getMessage());
            }
            throw noneInTime;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
