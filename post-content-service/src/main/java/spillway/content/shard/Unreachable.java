package spillway.content.shard;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that cannot serve now from one that refuses a statement for what it says, by SQLSTATE: connection (08),
 * rollback (40), resources (53), lock not available (55), operator or timeout (57), system (58). Without an SQLSTATE it was no
 * database that spoke but the pool: it has no connection in time, or has closed the one in hand.
 */
final class Unreachable {

    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private Unreachable() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && isUnreachable(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnreachable(@Nullable String state) {
        return state == null || (state.length() >= 2 && CLASSES.contains(state.substring(0, 2)));
    }
}
