package spillway.content.reshard;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import spillway.content.reshard.Side.Mirrored;
import spillway.content.shard.SlotSet;

/**
 * Rows of {@code changed}, deleted in a transaction that is still open. Whoever inserts one of their keys meanwhile waits for
 * its end, so that no row that was mirrored after it was compared loses its note.
 */
final class MirroredInHand implements Mirrored {

    private final Handle handle;
    private final Map<Relation, List<Key>> keys;

    private MirroredInHand(Handle handle, Map<Relation, List<Key>> keys) {
        this.handle = handle;
        this.keys = keys;
    }

    static Mirrored take(Handle handle, SlotSet slots, int most) {
        Map<Relation, List<Key>> keys = new EnumMap<>(Relation.class);
        handle.jdbc()
                .query(
                        """
                        DELETE FROM changed WHERE ctid IN (SELECT ctid FROM changed WHERE slot = ANY (?) LIMIT ?)
                        RETURNING slot, kind, a, b, name""",
                        (ResultSet row) -> {
                            Relation relation = ChangesInHand.relation(row);
                            keys.computeIfAbsent(relation, none -> new ArrayList<>())
                                    .add(ChangesInHand.key(relation, row));
                        },
                        PostgresSide.numbers(slots),
                        most);
        return new MirroredInHand(handle, keys);
    }

    @Override
    public Map<Relation, List<Key>> keys() {
        return keys;
    }

    @Override
    public void forget() {
        handle.commit();
    }

    @Override
    public void close() {
        handle.close();
    }
}
