package spillway.content.reshard;

import spillway.content.shard.SlotSet;

/** Slots that are to change from one shard to another. */
record Move(long id, int source, int target, SlotSet slots) {

    Move {
        if (source == target) {
            throw new IllegalArgumentException("a move from shard " + source + " to itself");
        }
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("a move of no slots");
        }
    }
}
