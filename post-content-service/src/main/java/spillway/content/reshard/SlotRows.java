package spillway.content.reshard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import spillway.content.shard.SlotSet;

/**
 * The rows of slots in a shard's database: copied out and in, hashed, deleted, in the transaction of the caller. They travel as
 * COPY writes them, in its binary form, and are never looked into here. Thread-safe.
 */
final class SlotRows {

    private final JdbcTemplate jdbc;

    SlotRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** As {@link Side#next}. */
    Span next(Relation relation, Key after, int rows) {
        Span rest = new Span(relation, after, Key.END);
        List<Key> last = jdbc.query(
                "SELECT " + relation.key() + " FROM " + relation.table() + " WHERE "
                        + Sql.within(rest) + " ORDER BY " + relation.key() + " OFFSET "
                        + (rows - 1)
                        + " LIMIT 1",
                (row, n) -> keyOf(relation, row));
        return last.isEmpty() ? rest : new Span(relation, after, last.getFirst());
    }

    private static Key keyOf(Relation relation, ResultSet row) throws SQLException {
        return switch (relation) {
            case POST -> Key.of(row.getLong(1), 0);
            case COMMENT -> Key.of(row.getLong(1), row.getLong(2));
            case IDEMPOTENCY_KEY -> new Key(row.getLong(1), row.getLong(2), row.getString(3));
        };
    }

    /** As {@link Side#read}. */
    Image read(Span span, SlotSet slots) {
        return copyOut(jdbc, span.relation(), Sql.within(span, slots));
    }

    static Image copyOut(JdbcTemplate in, Relation relation, String rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Long count = in.execute((ConnectionCallback<Long>) connection -> {
            try {
                return copyOf(connection)
                        .copyOut(
                                "COPY (SELECT " + relation.columns() + " FROM " + relation.table() + " WHERE " + rows
                                        + ") TO STDOUT (FORMAT binary)",
                                bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new Image(relation, count == null ? 0 : Math.toIntExact(count), bytes.toByteArray());
    }

    private static CopyManager copyOf(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Whether there is any row of the slots in the span. */
    boolean hasRows(Span span, SlotSet slots) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM " + span.relation().table() + " WHERE " + Sql.within(span, slots) + ")",
                Boolean.class));
    }

    /**
     * Where there is nothing to compare versions with, COPY writes more than twice as fast as an insert that looks. When a row
     * comes between, by a mirrored change, the primary key refuses it and nothing is written.
     */
    boolean isWrittenToTheEmptySpan(Image image, TransactionStatus status) {
        Object before = status.createSavepoint();
        try {
            copyIn(image, image.relation().table() + " (" + image.relation().columns() + ")");
            return true;
        } catch (DuplicateKeyException mirroredMeanwhile) {
            status.rollbackToSavepoint(before);
            return false;
        }
    }

    private void copyIn(Image image, String table) {
        var unused = jdbc.execute((ConnectionCallback<Long>) connection -> {
            try {
                return copyOf(connection)
                        .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)", new ByteArrayInputStream((byte[])
                                image.bytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Writes rows unless a newer version is there. */
    void write(Image image) {
        if (image.count() == 0) {
            return;
        }
        Relation relation = image.relation();
        jdbc.execute(relation.createStaging());
        copyIn(image, relation.staging());
        jdbc.update("INSERT INTO " + relation.table() + " (" + relation.columns() + ") SELECT " + relation.columns()
                + " FROM " + relation.staging() + " " + relation.onConflict());
    }

    /** As {@link Side#countRows}. */
    void countRows() {
        jdbc.execute("ANALYZE post, comment, idempotency_key");
    }

    /** As {@link Side#digest}. */
    Digest digest(Span span, SlotSet slots) {
        Relation relation = span.relation();
        return jdbc.query(
                        "SELECT count(*), coalesce(bit_xor(" + Sql.hash(relation) + "), 0) FROM " + relation.table()
                                + " WHERE " + Sql.within(span, slots),
                        (row, n) -> new Digest(row.getLong(1), row.getLong(2)))
                .getFirst();
    }

    /** As {@link Side#hashes(Span, SlotSet)}. */
    Map<Key, Long> hashes(Span span, SlotSet slots) {
        Relation relation = span.relation();
        Map<Key, Long> hashes = new HashMap<>();
        jdbc.query(
                "SELECT " + relation.key() + ", " + Sql.hash(relation) + " AS hash FROM " + relation.table() + " WHERE "
                        + Sql.within(span, slots),
                (ResultSet row) -> {
                    hashes.put(keyOf(relation, row), row.getLong("hash"));
                });
        return hashes;
    }

    /** Keys as arrays: writers may be waiting, and a statement that is always the same is planned once. */
    private static final String HASHES =
            """
            SELECT 'POST' AS relation, id AS a, 0 AS b, '' AS name, %s AS hash
            FROM unnest(?) AS named (a) JOIN post ON id = a
            UNION ALL
            SELECT 'COMMENT', post_id, id, '', %s
            FROM unnest(?, ?) AS named (a, b) JOIN comment ON post_id = a AND id = b
            UNION ALL
            SELECT 'IDEMPOTENCY_KEY', slot, user_id, key, %s
            FROM unnest(?, ?, ?) AS named (a, b, name) JOIN idempotency_key ON slot = a AND user_id = b AND key = name""".formatted(Sql.hash(Relation.POST), Sql.hash(Relation.COMMENT), Sql.hash(Relation.IDEMPOTENCY_KEY));

    /** As {@link Side#hashes(Map)}. */
    Map<Relation, Map<Key, Long>> hashes(Map<Relation, ? extends Collection<Key>> keys) {
        Map<Relation, Map<Key, Long>> hashes = new EnumMap<>(Relation.class);
        jdbc.query(
                HASHES,
                (ResultSet row) -> {
                    hashes.computeIfAbsent(Relation.valueOf(row.getString("relation")), none -> new HashMap<>())
                            .put(
                                    new Key(row.getLong("a"), row.getLong("b"), row.getString("name")),
                                    row.getLong("hash"));
                },
                numbers(keys, Relation.POST, Key::a),
                numbers(keys, Relation.COMMENT, Key::a),
                numbers(keys, Relation.COMMENT, Key::b),
                numbers(keys, Relation.IDEMPOTENCY_KEY, Key::a),
                numbers(keys, Relation.IDEMPOTENCY_KEY, Key::b),
                named(keys, Relation.IDEMPOTENCY_KEY).map(Key::name).toArray(String[]::new));
        return hashes;
    }

    private static long[] numbers(
            Map<Relation, ? extends Collection<Key>> keys, Relation relation, ToLongFunction<Key> part) {
        return named(keys, relation).mapToLong(part).toArray();
    }

    private static Stream<Key> named(Map<Relation, ? extends Collection<Key>> keys, Relation relation) {
        Collection<Key> named = keys.get(relation);
        return named == null ? Stream.empty() : named.stream();
    }

    /** At most so many. */
    int delete(Relation relation, SlotSet slots, int rows) {
        return jdbc.update("DELETE FROM " + relation.table() + " WHERE " + key(relation) + " IN (SELECT "
                + relation.key() + " FROM " + relation.table() + " WHERE " + ofSlots(relation, slots)
                + " LIMIT "
                + rows + ")");
    }

    private static String key(Relation relation) {
        return "(" + relation.key() + ")";
    }

    private static String ofSlots(Relation relation, SlotSet slots) {
        return "'" + slots.multirange() + "'::int4multirange @> " + relation.slot();
    }

    /** Whether there is any row of the slots. */
    boolean hasAny(Relation relation, SlotSet slots) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM " + relation.table() + " WHERE " + ofSlots(relation, slots) + ")",
                Boolean.class));
    }
}
