package spillway.content.reshard;

import java.util.Map;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** What both shards of a move say of its slots, the one asked after the other. Whatever is done about it is tied to epochs. */
record Standings(Way way, Map<Slot, Standing> from, Map<Slot, Standing> to) {

    Standings back() {
        return new Standings(way.back(), to, from);
    }

    /** Slots that are mirrored this way, with their epochs. */
    Map<Slot, Long> mirrored() {
        return Way.epochs(from, way::isMirrored);
    }

    /** Slots that were handed over this way and are not taken over yet, with their new epochs. */
    Map<Slot, Long> underWay() {
        Map<Slot, Long> followers = Way.epochs(to, way::isReplica);
        Map<Slot, Long> left = Way.epochs(from, way.back()::isReplica);
        left.keySet().removeIf(slot -> followers.getOrDefault(slot, Long.MAX_VALUE) >= left.getOrDefault(slot, 0L));
        return left;
    }
}
