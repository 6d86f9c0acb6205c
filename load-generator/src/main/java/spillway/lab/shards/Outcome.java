package spillway.lab.shards;

import java.util.Arrays;
import java.util.OptionalDouble;
import spillway.lab.shards.strategy.KeyLoads;
import spillway.lab.shards.strategy.Kind;
import spillway.lab.shards.strategy.Strategy;

/**
 * What a strategy makes of a shard key.
 *
 * @param load writes per shard
 * @param grown writes per shard after growing to the target
 * @param now the fullest shard against the mean within one moment, the median of all moments; empty without times
 * @param toTarget what moves to the target
 * @param oneMore what moves when one shard is added
 * @param oneShard share of the queries that one shard answers
 * @param nanos indicative cost of placing a key
 * @param stateBytes what a router keeps
 */
record Outcome(
        Kind strategy,
        Load load,
        Load grown,
        OptionalDouble now,
        Movement toTarget,
        Movement oneMore,
        double oneShard,
        double nanos,
        long stateBytes) {

    /** Writes per shard. */
    static Load load(Strategy strategy, KeyLoads keys) {
        long[] load = new long[strategy.shards()];
        for (int place = 0; place < keys.size(); place++) {
            load[strategy.shardOf(keys.key(place))] += keys.writes(place);
        }
        return new Load(load);
    }

    /**
     * The fullest shard against the mean within each of up to {@value #MOMENTS} equal pieces of the writes, the median.
     * A piece has enough writes for chance alone not to show much.
     *
     * @param keys of the writes in their order; with too few of them the result is empty
     */
    static OptionalDouble now(Strategy strategy, long[] keys) {
        int moments = Math.min(MOMENTS, keys.length / (strategy.shards() * ENOUGH));
        if (moments < 2) {
            return OptionalDouble.empty();
        }
        int length = keys.length / moments;
        double[] peaks = new double[moments];
        for (int moment = 0; moment < moments; moment++) {
            int first = moment * length;
            peaks[moment] = Load.of(length, strategy.shards(), write -> strategy.shardOf(keys[first + write]))
                    .peak();
        }
        Arrays.sort(peaks);
        return OptionalDouble.of(peaks[moments / 2]);
    }

    private static final int MOMENTS = 100;

    /** Writes per shard in a moment: chance makes the fullest of 8 about a tenth fuller than the mean. */
    private static final int ENOUGH = 200;
}
