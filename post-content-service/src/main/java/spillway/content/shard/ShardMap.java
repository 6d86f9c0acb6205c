package spillway.content.shard;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import spillway.platform.id.Slot;

/**
 * A version of the assignment of all slots to shards. Immutable.
 *
 * @param epoch version of the assignment, from 1
 * @param shards the shard of each slot, by slot number
 * @param slotEpochs how often each slot had another owner, from 1, by slot number
 */
public record ShardMap(long epoch, List<Integer> shards, List<Long> slotEpochs) {

    public ShardMap {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be positive: " + epoch);
        }
        shards = List.copyOf(shards);
        slotEpochs = List.copyOf(slotEpochs);
        if (shards.size() != Slot.COUNT || slotEpochs.size() != Slot.COUNT) {
            throw new IllegalArgumentException(
                    "a shard map assigns " + Slot.COUNT + " slots, this one " + shards.size());
        }
        if (shards.stream().anyMatch(shard -> shard < 0)) {
            throw new IllegalArgumentException("a shard map has a negative shard number");
        }
    }

    /** A map in which no slot ever had another owner. */
    public ShardMap(long epoch, List<Integer> shards) {
        this(epoch, shards, Collections.nCopies(Slot.COUNT, 1L));
    }

    static ShardMap of(long epoch, Integer[] shards, Long[] slotEpochs) {
        return new ShardMap(epoch, Arrays.asList(shards), Arrays.asList(slotEpochs));
    }

    public int shardOf(Slot slot) {
        return shards.get(slot.number());
    }

    /** The slots of a shard. */
    public SlotSet slotsOf(int shard) {
        return SlotSet.of(IntStream.range(0, Slot.COUNT).filter(slot -> shards.get(slot) == shard));
    }

    /** How many shards must be configured for this map: the highest shard number in use, plus one. */
    int shardsNeeded() {
        return shards.stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
    }

    /** The epoch only: 4,096 numbers help nobody in a log. */
    @Override
    public String toString() {
        return "ShardMap[epoch=" + epoch + "]";
    }
}
