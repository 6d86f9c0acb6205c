package spillway.content.id;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The catalog's table of node numbers and the time each is reserved up to, which only grows. */
final class IdNodes {

    private final JdbcClient catalog;

    IdNodes(JdbcClient catalog) {
        this.catalog = catalog;
    }

    /** A node nobody has reserved from {@code now} on, if there is one; the longest unused first. */
    Optional<IdRange> take(long now, long until) {
        return catalog.sql("""
                        UPDATE id_node SET reserved_until = :until
                        WHERE node = (SELECT node FROM id_node WHERE reserved_until <= :now
                                      ORDER BY reserved_until, node LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING node""")
                .param("now", now)
                .param("until", until)
                .query(Integer.class)
                .optional()
                .map(node -> new IdRange(node, now, until));
    }

    /** More time for the same node, unless somebody else has reserved it meanwhile. */
    Optional<IdRange> extend(IdRange own, long until) {
        int extended = catalog.sql(
                        "UPDATE id_node SET reserved_until = :until WHERE node = :node AND reserved_until = :known")
                .param("until", until)
                .param("node", own.node())
                .param("known", own.until())
                .update();
        return extended == 1 ? Optional.of(new IdRange(own.node(), own.from(), until)) : Optional.empty();
    }
}
