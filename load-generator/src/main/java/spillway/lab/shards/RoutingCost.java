package spillway.lab.shards;

import java.util.function.LongSupplier;
import spillway.lab.shards.strategy.Strategy;

/** Times how long a strategy takes to place a key. One thread, warm caches, no network: an indication, no benchmark. */
final class RoutingCost {

    private static final int KEYS = 50_000;
    private static final int ROUNDS = 6;

    private final LongSupplier nanoTime;

    /** Keeps the shards from being optimised away. */
    private long seen;

    RoutingCost(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Nanoseconds per key, of the fastest of a few rounds. */
    double nanosPerKey(Strategy strategy, long[] keys) {
        int length = Math.min(KEYS, keys.length);
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = nanoTime.getAsLong();
            for (int i = 0; i < length; i++) {
                seen += strategy.shardOf(keys[i]);
            }
            fastest = Math.min(fastest, nanoTime.getAsLong() - begin);
        }
        return fastest / (double) length;
    }

    long seen() {
        return seen;
    }
}
