package spillway.content.reshard;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import spillway.content.shard.SlotSet;

/** Pieces of statements about the rows of some slots. COPY takes no parameters, so keys stand in the text. */
final class Sql {

    /**
     * Selected in a statement that is a transaction of its own, it has the commit not wait for the disk. A crash of the server
     * may lose the last half second of such transactions, but none that is followed by a commit that was waited for.
     */
    static final String LAZILY = "SELECT set_config('synchronous_commit', 'off', true)";

    private Sql() {}

    /** All of a row, and nothing else of it, in one number. */
    static String hash(Relation relation) {
        return "hash_record_extended(ROW(" + relation.columns() + "), 0)";
    }

    /** The rows of the slots in a span. */
    static String within(Span span, SlotSet slots) {
        return within(span) + " AND '" + slots.multirange() + "'::int4multirange @> "
                + span.relation().slot();
    }

    /** The rows of any slot in a span. */
    static String within(Span span) {
        Relation relation = span.relation();
        String columns = "(" + relation.key() + ")";
        return columns + " > " + literal(relation, span.after()) + " AND " + columns + " <= "
                + literal(relation, span.last());
    }

    /** The rows that are named. */
    static String named(Relation relation, Collection<Key> keys) {
        return "(" + relation.key() + ") IN ("
                + keys.stream().map(key -> literal(relation, key)).collect(Collectors.joining(", ")) + ")";
    }

    private static String literal(Relation relation, Key key) {
        List<String> values = switch (relation) {
            case POST -> List.of(number(key.a()));
            case COMMENT -> List.of(number(key.a()), number(key.b()));
            case IDEMPOTENCY_KEY -> List.of(number(key.a()), number(key.b()), quoted(key.name()));
        };
        return "(" + String.join(", ", values) + ")";
    }

    /** The smallest has no literal of its own: the minus is an operator. */
    private static String number(long value) {
        return value == Long.MIN_VALUE ? "(-" + Long.MAX_VALUE + " - 1)" : Long.toString(value);
    }

    /** Idempotency keys are printable ASCII; what would be more has no place in a statement's text. */
    private static String quoted(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("not printable ASCII: a key of " + text.length() + " characters");
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
