package spillway.content.shard;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.Slot;

/**
 * Where this instance believes the slots are: the catalog's map, and what shards themselves have said. Of each slot the
 * later epoch counts, whoever told it. It may be out of date at any time, for the shards know better. Thread-safe.
 */
final class Routes {

    private final AtomicReference<@Nullable Table> table = new AtomicReference<>();

    /** @return whether anything is another way than before */
    boolean use(ShardMap map) {
        while (true) {
            Table old = table.get();
            Table next = merged(old, map);
            if (old != null && next.isSameAs(old)) {
                return false;
            }
            if (table.compareAndSet(old, next)) {
                return true;
            }
        }
    }

    private static Table merged(@Nullable Table old, ShardMap map) {
        int[] shards = map.shards().stream().mapToInt(Integer::intValue).toArray();
        long[] epochs = map.slotEpochs().stream().mapToLong(Long::longValue).toArray();
        if (old != null) {
            for (int slot = 0; slot < Slot.COUNT; slot++) {
                if (old.epochs[slot] > epochs[slot]) {
                    shards[slot] = old.shards[slot];
                    epochs[slot] = old.epochs[slot];
                }
            }
        }
        return new Table(shards, epochs);
    }

    /** What a shard said of a slot. */
    void learn(Slot slot, int shard, long epoch) {
        while (true) {
            Table old = required();
            if (old.epochs[slot.number()] >= epoch) {
                return;
            }
            int[] shards = old.shards.clone();
            long[] epochs = old.epochs.clone();
            shards[slot.number()] = shard;
            epochs[slot.number()] = epoch;
            if (table.compareAndSet(old, new Table(shards, epochs))) {
                return;
            }
        }
    }

    boolean isKnown() {
        return table.get() != null;
    }

    int shardOf(Slot slot) {
        return required().shards[slot.number()];
    }

    Route of(Slot slot) {
        Table current = required();
        return new Route(current.shards[slot.number()], current.epochs[slot.number()]);
    }

    /**
     * Where a slot is believed to be.
     *
     * @param epoch since which
     */
    record Route(int shard, long epoch) {}

    /** Numbers of the shards that have slots, ascending. */
    List<Integer> numbers() {
        return required().numbers;
    }

    SlotSet slotsOf(int shard) {
        int[] shards = required().shards;
        return SlotSet.of(IntStream.range(0, Slot.COUNT).filter(slot -> shards[slot] == shard));
    }

    private Table required() {
        Table current = table.get();
        if (current == null) {
            throw new IllegalStateException("the shard map is not loaded yet");
        }
        return current;
    }

    private static final class Table {

        private final int[] shards;
        private final long[] epochs;
        private final List<Integer> numbers;

        Table(int[] shards, long[] epochs) {
            this.shards = shards;
            this.epochs = epochs;
            this.numbers = IntStream.of(shards).distinct().sorted().boxed().toList();
        }

        boolean isSameAs(Table other) {
            return Arrays.equals(shards, other.shards) && Arrays.equals(epochs, other.epochs);
        }
    }
}
