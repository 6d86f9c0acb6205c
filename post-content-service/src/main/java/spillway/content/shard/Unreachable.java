package spillway.content.shard;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that cannot serve now from one that refuses a statement for what it says, by SQLSTATE: connection (08),
 * rollback (40), resources (53), lock not available (55), operator or timeout (57), system (58).
 */
final class Unreachable {

    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private Unreachable() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            // A pool that has no free connection in time gives no SQLSTATE.
            if (t instanceof SQLTransientConnectionException
                    || (t instanceof SQLException sql && isUnreachable(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnreachable(@Nullable String state) {
        return state != null && state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
    }
}
