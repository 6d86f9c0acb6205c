package spillway.content.reshard;

import java.util.List;
import spillway.content.shard.SlotSet;

/**
 * Which slots are to go where.
 *
 * @param fromShards shards with slots before
 * @param toShards shards with slots afterwards
 * @param name how the slots were chosen
 */
record Plan(int fromShards, int toShards, String name, List<Part> parts) {

    Plan {
        parts = List.copyOf(parts);
    }

    /** Slots that go from one shard to another. */
    record Part(int source, int target, SlotSet slots) {}
}
