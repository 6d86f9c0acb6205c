package spillway.lab.shards;

import java.util.function.LongSupplier;
import spillway.lab.shards.strategy.Strategy;

/** Times how long a strategy takes to place a key. One thread, warm caches, no network: an indication, no benchmark. */
final class RoutingCost {

    private static final int ROUNDS = 6;

    private final LongSupplier nanoTime;
    private final int placed;

    /** Keeps the shards from being optimised away. */
    private long seen;

    /** @param placed keys in a round, at least 1 */
    RoutingCost(LongSupplier nanoTime, int placed) {
        this.nanoTime = nanoTime;
        this.placed = placed;
    }

    /** Nanoseconds per key, of the fastest of a few rounds. */
    double nanosPerKey(Strategy strategy, long[] keys) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = nanoTime.getAsLong();
            int next = 0;
            for (int i = 0; i < placed; i++) {
                seen += strategy.shardOf(keys[next]);
                next = next + 1 < keys.length ? next + 1 : 0;
            }
            fastest = Math.min(fastest, nanoTime.getAsLong() - begin);
        }
        return fastest / (double) placed;
    }

    long seen() {
        return seen;
    }
}
