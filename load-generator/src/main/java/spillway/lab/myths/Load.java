package spillway.lab.myths;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How evenly users lie on shards. */
final class Load {

    private final long[] users;

    Load(long... users) {
        this.users = users.clone();
    }

    /** @param shardOf each user's shard, from 0 */
    static Load of(int users, int shards, IntUnaryOperator shardOf) {
        long[] load = new long[shards];
        IntStream.range(0, users).forEach(user -> load[shardOf.applyAsInt(user)]++);
        return new Load(load);
    }

    /** The fullest shard's load against the mean. */
    double peak() {
        return Arrays.stream(users).max().orElse(0) / mean();
    }

    /** The standard deviation against the mean. */
    double variation() {
        double mean = mean();
        double variance = Arrays.stream(users)
                .mapToDouble(load -> (load - mean) * (load - mean))
                .average()
                .orElse(0);
        return Math.sqrt(variance) / mean;
    }

    private double mean() {
        return Arrays.stream(users).average().orElse(0);
    }

    String describe() {
        return String.format(Locale.ROOT, "max/mean %5.2f   variation %6.1f %%", peak(), 100 * variation());
    }
}
