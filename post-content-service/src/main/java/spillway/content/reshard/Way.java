package spillway.content.reshard;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** From the shard that owns some slots of a move to the one that follows: there are two, and slots may go both at once. */
record Way(Side from, Side to) {

    Way back() {
        return new Way(to, from);
    }

    /** Whether a slot that stands so at {@link #from} is mirrored this way. */
    boolean isMirrored(Standing atFrom) {
        return atFrom.state() == SlotState.MIRRORING && isPeer(atFrom, to);
    }

    /** Whether a slot that stands so at {@link #to} follows this way. */
    boolean isReplica(Standing atTo) {
        return atTo.state() == SlotState.REPLICA && isPeer(atTo, from);
    }

    private static boolean isPeer(Standing standing, Side side) {
        Integer peer = standing.peer();
        return peer != null && peer == side.shard();
    }

    /** Those of the slots that are mirrored this way, with their epochs. */
    Map<Slot, Long> mirrored(SlotSet slots) {
        return epochs(from.standing(slots), this::isMirrored);
    }

    /** What both say of the slots. */
    Standings standings(SlotSet slots) {
        return new Standings(this, from.standing(slots), to.standing(slots));
    }

    static Map<Slot, Long> epochs(Map<Slot, Standing> slots, Predicate<Standing> which) {
        Map<Slot, Long> epochs = new HashMap<>();
        slots.forEach((slot, standing) -> {
            if (which.test(standing)) {
                epochs.put(slot, standing.epoch());
            }
        });
        return epochs;
    }

    /**
     * Mirrors some changes.
     *
     * @param epochs of slots that are mirrored this way
     * @return false when there was none, or others have them in hand
     * @throws NotReplica when one of the slots is not mirrored this way any more; then the changes are as before
     */
    boolean carry(Map<Slot, Long> epochs, int most) {
        try (Side.Changes changes = from.changes(SlotSet.of(epochs.keySet()), most)) {
            if (changes.isEmpty()) {
                return false;
            }
            to.receive(changes.images(), epochs);
            changes.done();
            return true;
        }
    }

    /**
     * Mirrors changes until, at one moment, every change committed before has arrived.
     *
     * @param rounds after so many it is given up
     */
    boolean catchUp(Map<Slot, Long> epochs, int most, int rounds) {
        SlotSet slots = SlotSet.of(epochs.keySet());
        for (int round = 0; round < rounds; round++) {
            if (from.waiting(slots) == 0) {
                return true;
            }
            carry(epochs, most);
        }
        return false;
    }
}
