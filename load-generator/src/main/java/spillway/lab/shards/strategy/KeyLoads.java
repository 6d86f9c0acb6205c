package spillway.lab.shards.strategy;

import java.util.Arrays;

/** The distinct keys of some writes, ascending, and how many writes each has. Immutable. */
public final class KeyLoads {

    private final long[] keys;
    private final long[] writes;
    private final long total;

    private KeyLoads(long[] keys, long[] writes, long total) {
        this.keys = keys;
        this.writes = writes;
        this.total = total;
    }

    /** @param keyOfWrite the key of each write; at least one */
    public static KeyLoads of(long[] keyOfWrite) {
        if (keyOfWrite.length == 0) {
            throw new IllegalArgumentException("there must be a write");
        }
        long[] sorted = keyOfWrite.clone();
        Arrays.sort(sorted);
        long[] keys = new long[sorted.length];
        long[] writes = new long[sorted.length];
        int distinct = 0;
        for (long key : sorted) {
            if (distinct == 0 || keys[distinct - 1] != key) {
                keys[distinct++] = key;
            }
            writes[distinct - 1]++;
        }
        return new KeyLoads(Arrays.copyOf(keys, distinct), Arrays.copyOf(writes, distinct), sorted.length);
    }

    /** How many keys there are. */
    public int size() {
        return keys.length;
    }

    /** A key by its place in ascending order, from 0. */
    public long key(int index) {
        return keys[index];
    }

    /** The writes of the key at a place. */
    public long writes(int index) {
        return writes[index];
    }

    /** All writes. */
    public long total() {
        return total;
    }

    /** The writes of the key that has most. */
    public long heaviest() {
        return Arrays.stream(writes).max().orElseThrow();
    }

    /** The place of a key; negative when it is none of these. */
    int indexOf(long key) {
        return Arrays.binarySearch(keys, key);
    }
}
