package spillway.content.reshard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import spillway.content.shard.Catalog;

/**
 * Keeps two instances from working on the same reshard: a lock of a session with the catalog, gone when the session is. It saves
 * work. Nothing depends on it: one that lost it without noticing is held off by the shards. Belongs to one thread.
 */
final class Lease implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 2;

    private final Catalog catalog;
    private @Nullable Connection held;

    Lease(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether this instance has it, now or still. */
    boolean take() {
        try {
            Connection own = held;
            if (own != null && own.isValid(PATIENCE_SECONDS)) {
                return true;
            }
            close();
            Connection fresh = catalog.connection();
            if (isLocked(fresh)) {
                held = fresh;
                return true;
            }
            fresh.close();
            return false;
        } catch (SQLException catalogAway) {
            close();
            return false;
        }
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, Reshards.LEASE);
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        Connection own = held;
        held = null;
        if (own == null) {
            return;
        }
        try (own;
                PreparedStatement unlock = own.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            unlock.setLong(1, Reshards.LEASE);
            unlock.execute();
        } catch (SQLException gone) {
            // With the session, and the lock with it.
        }
    }
}
