package spillway.lab.shards;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How evenly something, users or writes, lies on shards. Immutable. */
public final class Load {

    private final long[] shards;

    public Load(long... shards) {
        this.shards = shards.clone();
    }

    /**
     * The load of items that weigh the same.
     *
     * @param shardOf each item's shard, from 0
     */
    public static Load of(int items, int shards, IntUnaryOperator shardOf) {
        long[] load = new long[shards];
        IntStream.range(0, items).forEach(item -> load[shardOf.applyAsInt(item)]++);
        return new Load(load);
    }

    /** By shard number. */
    public List<Long> byShard() {
        return Arrays.stream(shards).boxed().toList();
    }

    public long total() {
        return Arrays.stream(shards).sum();
    }

    /** The fullest shard's load. */
    public long max() {
        return Arrays.stream(shards).max().orElse(0);
    }

    /** The fullest shard's load against the mean. */
    public double peak() {
        return max() / mean();
    }

    /** The standard deviation against the mean. */
    public double variation() {
        double mean = mean();
        double variance = Arrays.stream(shards)
                .mapToDouble(load -> (load - mean) * (load - mean))
                .average()
                .orElse(0);
        return Math.sqrt(variance) / mean;
    }

    private double mean() {
        return Arrays.stream(shards).average().orElse(0);
    }

    public String describe() {
        return String.format(Locale.ROOT, "max/mean %5.2f   variation %6.1f %%", peak(), 100 * variation());
    }
}
