package spillway.lab.shards.strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * What the platform does: a fixed hash of the key over {@value Slot#COUNT} slots, and a map from slot to shard. It begins
 * as the catalog seeds it. To grow, the shard with the most slots gives one to the shard with the fewest until they
 * differ by one at most: as few slots move as can.
 */
final class SlotMap implements Strategy {

    private final int shards;
    private final int[] shardOfSlot;

    private SlotMap(int shards, int[] shardOfSlot) {
        this.shards = shards;
        this.shardOfSlot = shardOfSlot;
    }

    static SlotMap of(int shards) {
        int[] shardOfSlot = new int[Slot.COUNT];
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            shardOfSlot[slot] = slot * shards / Slot.COUNT;
        }
        return new SlotMap(shards, shardOfSlot);
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int shardOf(long key) {
        return shardOfSlot[Slot.of(new UserId(key)).number()];
    }

    @Override
    public Strategy grownTo(int more) {
        List<List<Integer>> slots = new ArrayList<>();
        for (int shard = 0; shard < more; shard++) {
            slots.add(new ArrayList<>());
        }
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            slots.get(shardOfSlot[slot]).add(slot);
        }
        int[] next = shardOfSlot.clone();
        Comparator<Integer> bySlots =
                Comparator.comparingInt(shard -> slots.get(shard).size());
        List<Integer> numbers = IntStream.range(0, more).boxed().toList();
        int giver = Collections.max(numbers, bySlots);
        int taker = Collections.min(numbers, bySlots);
        while (slots.get(giver).size() - slots.get(taker).size() > 1) {
            int slot = slots.get(giver).removeLast();
            slots.get(taker).add(slot);
            next[slot] = taker;
            giver = Collections.max(numbers, bySlots);
            taker = Collections.min(numbers, bySlots);
        }
        return new SlotMap(more, next);
    }

    @Override
    public long stateBytes() {
        return Slot.COUNT * (long) Integer.BYTES;
    }
}
