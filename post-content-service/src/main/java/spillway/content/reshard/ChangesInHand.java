package spillway.content.reshard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import spillway.content.reshard.Side.Changes;
import spillway.content.shard.SlotSet;

/** Rows of {@code change}, locked until they have arrived. */
final class ChangesInHand implements Changes {

    private final Handle handle;
    private final long[] sequence;
    private final Map<Relation, List<Key>> keys;
    private final List<Image> images;

    private ChangesInHand(Handle handle, List<Noted> noted) {
        this.handle = handle;
        this.sequence = noted.stream().mapToLong(Noted::seq).toArray();
        this.keys = new EnumMap<>(Relation.class);
        noted.forEach(change -> keys.computeIfAbsent(change.relation(), none -> new ArrayList<>())
                .add(change.key()));
        this.images = keys.entrySet().stream()
                .map(named ->
                        SlotRows.copyOut(handle.jdbc(), named.getKey(), Sql.named(named.getKey(), named.getValue())))
                .toList();
    }

    /** Whatever the numbers' order says: they are given out before their transactions commit, so none is ever the last. */
    static Changes take(Handle handle, SlotSet slots, int most) {
        return new ChangesInHand(
                handle,
                handle.jdbc()
                        .query(
                                """
                                SELECT seq, slot, kind, a, b, name FROM change WHERE slot = ANY (?)
                                ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED""",
                                (row, n) -> {
                                    Relation relation = relation(row);
                                    return new Noted(row.getLong("seq"), relation, key(relation, row));
                                },
                                PostgresSide.numbers(slots),
                                most));
    }

    private record Noted(long seq, Relation relation, Key key) {}

    /** Of a row of {@code change} or {@code changed}, as {@code MirrorLog} writes them. */
    static Relation relation(ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        return switch (kind) {
            case 0 -> Relation.POST;
            case 1 -> Relation.COMMENT;
            case 2 -> Relation.IDEMPOTENCY_KEY;
            default -> throw new IllegalStateException("change of unknown kind " + kind);
        };
    }

    /** Of such a row. */
    static Key key(Relation relation, ResultSet row) throws SQLException {
        return switch (relation) {
            case POST, COMMENT -> Key.of(row.getLong("a"), row.getLong("b"));
            case IDEMPOTENCY_KEY -> new Key(row.getInt("slot"), row.getLong("a"), row.getString("name"));
        };
    }

    @Override
    public List<Image> images() {
        return images;
    }

    @Override
    public boolean isEmpty() {
        return sequence.length == 0;
    }

    @Override
    public int count() {
        return sequence.length;
    }

    @Override
    public Map<Relation, List<Key>> keys() {
        return keys;
    }

    @Override
    public void done() {
        handle.jdbc().update("""
                        WITH arrived AS (DELETE FROM change WHERE seq = ANY (?) RETURNING slot, kind, a, b, name)
                        INSERT INTO changed (slot, kind, a, b, name) SELECT DISTINCT slot, kind, a, b, name FROM arrived
                        ON CONFLICT DO NOTHING""", (Object) sequence);
        handle.commit();
    }

    @Override
    public void close() {
        handle.close();
    }
}
