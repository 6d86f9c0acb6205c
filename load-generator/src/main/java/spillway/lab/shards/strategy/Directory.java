package spillway.lab.shards.strategy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A table with an entry for each key. Keys are placed heaviest first, each on the shard with the fewest writes so far:
 * Graham, "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 1969. No shard exceeds the mean by more than
 * the writes of one key.
 *
 * <p>To grow, shards above the new mean give keys to the emptiest new one, heaviest first and never below the mean: that
 * moves the load that must move with few keys. A key that is not in the table is taken for a new one and goes to the
 * shard with the fewest writes.
 */
final class Directory implements Strategy {

    private final KeyLoads keys;
    private final int[] shardOfKey;
    private final long[] load;
    private final int emptiest;

    private record Fill(int shard, long writes) {}

    private Directory(KeyLoads keys, int[] shardOfKey, long[] load) {
        this.keys = keys;
        this.shardOfKey = shardOfKey;
        this.load = load;
        this.emptiest = IntStream.range(0, load.length)
                .boxed()
                .min(Comparator.comparingLong(shard -> load[shard]))
                .orElseThrow();
    }

    static Directory over(KeyLoads keys, int shards) {
        int[] shardOfKey = new int[keys.size()];
        long[] load = new long[shards];
        PriorityQueue<Fill> fills = emptiestFirst(0, load);
        for (int place : heaviestFirst(keys)) {
            Fill fill = fills.remove();
            shardOfKey[place] = fill.shard();
            load[fill.shard()] += keys.writes(place);
            fills.add(new Fill(fill.shard(), load[fill.shard()]));
        }
        return new Directory(keys, shardOfKey, load);
    }

    @Override
    public int shards() {
        return load.length;
    }

    @Override
    public int shardOf(long key) {
        int place = keys.indexOf(key);
        return place >= 0 ? shardOfKey[place] : emptiest;
    }

    @Override
    public Strategy grownTo(int more) {
        int[] next = shardOfKey.clone();
        long[] nextLoad = Arrays.copyOf(load, more);
        double mean = keys.total() / (double) more;
        PriorityQueue<Fill> fills = emptiestFirst(load.length, nextLoad);
        for (int place : heaviestFirst(keys)) {
            long writes = keys.writes(place);
            int giver = shardOfKey[place];
            Fill taker = fills.element();
            if (nextLoad[giver] - writes >= mean && taker.writes() + writes <= nextLoad[giver]) {
                fills.remove();
                next[place] = taker.shard();
                nextLoad[giver] -= writes;
                nextLoad[taker.shard()] += writes;
                fills.add(new Fill(taker.shard(), nextLoad[taker.shard()]));
            }
        }
        return new Directory(keys, next, nextLoad);
    }

    private static PriorityQueue<Fill> emptiestFirst(int firstShard, long[] load) {
        PriorityQueue<Fill> fills =
                new PriorityQueue<>(Comparator.comparingLong(Fill::writes).thenComparingInt(Fill::shard));
        IntStream.range(firstShard, load.length)
                .mapToObj(shard -> new Fill(shard, load[shard]))
                .forEach(fills::add);
        return fills;
    }

    private static int[] heaviestFirst(KeyLoads keys) {
        return IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparingLong(place -> -keys.writes(place)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public long stateBytes() {
        return keys.size() * (long) (Long.BYTES + Integer.BYTES);
    }
}
