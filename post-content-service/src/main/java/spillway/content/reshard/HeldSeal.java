package spillway.content.reshard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import spillway.content.reshard.Side.Seal;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** The transaction that holds the exclusive locks of some slots. */
final class HeldSeal implements Seal {

    private final Handle handle;
    private final long move;
    private final SlotSet slots;

    HeldSeal(Handle handle, long move, SlotSet slots) {
        this.handle = handle;
        this.move = move;
        this.slots = slots;
    }

    @Override
    public Map<Relation, List<Key>> changed() {
        Map<Relation, List<Key>> changed = new EnumMap<>(Relation.class);
        handle.jdbc()
                .query(
                        "SELECT slot, kind, a, b, name FROM changed WHERE slot = ANY (?)",
                        row -> {
                            Relation relation = ChangesInHand.relation(row.getInt("kind"));
                            changed.computeIfAbsent(relation, none -> new ArrayList<>())
                                    .add(ChangesInHand.key(
                                            relation,
                                            row.getInt("slot"),
                                            row.getLong("a"),
                                            row.getLong("b"),
                                            row.getString("name")));
                        },
                        (Object) PostgresSide.numbers(slots));
        return changed;
    }

    @Override
    public long events() {
        Long waiting = handle.jdbc()
                .queryForObject(
                        "SELECT count(*) FROM outbox WHERE CAST(? AS int4multirange) @> slot_of(post_id)",
                        Long.class,
                        slots.multirange());
        return waiting == null ? 0 : waiting;
    }

    @Override
    public Map<Slot, Long> handOver() {
        Map<Slot, Long> epochs = new HashMap<>();
        handle.jdbc()
                .query(
                        """
                        UPDATE slot_state SET state = 'REPLICA', epoch = epoch + 1
                        WHERE slot = ANY (?) AND state = 'MIRRORING' AND move = ? RETURNING slot, epoch""",
                        row -> {
                            epochs.put(new Slot(row.getInt("slot")), row.getLong("epoch"));
                        },
                        PostgresSide.numbers(slots),
                        move);
        if (epochs.size() < slots.size()) {
            throw new IllegalStateException("not all of the slots " + slots + " are mirrored for move " + move);
        }
        handle.commit();
        return epochs;
    }

    @Override
    public void close() {
        handle.close();
    }
}
