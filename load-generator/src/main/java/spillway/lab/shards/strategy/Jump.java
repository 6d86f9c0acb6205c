package spillway.lab.shards.strategy;

import spillway.platform.id.Hash64;

/**
 * Jump consistent hash: Lamping and Veach, "A fast, minimal memory, consistent hash algorithm", 2014. Keys move to new
 * shards only, as few as can be; only the shard numbered last can be taken away.
 */
record Jump(int shards) implements Strategy {

    private static final long MULTIPLIER = 2_862_933_555_777_941_757L;

    @Override
    public int shardOf(long key) {
        long state = Hash64.mix(key);
        long shard = -1;
        long next = 0;
        while (next < shards) {
            shard = next;
            state = state * MULTIPLIER + 1;
            next = (long) ((shard + 1) * (double) (1L << 31) / ((state >>> 33) + 1));
        }
        return (int) shard;
    }

    @Override
    public Strategy grownTo(int more) {
        return new Jump(more);
    }

    @Override
    public long stateBytes() {
        return Integer.BYTES;
    }
}
