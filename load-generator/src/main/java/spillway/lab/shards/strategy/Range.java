package spillway.lab.shards.strategy;

import java.util.Arrays;

/**
 * Neighbouring keys live together: each shard has a range of keys. The first layout gives each range the same part of
 * the writes. To grow, the range with the most writes is halved and its upper half goes to a new shard, until there are
 * enough; a range of one key cannot be halved, so with few keys shards may stay empty.
 */
final class Range implements Strategy {

    private final KeyLoads keys;
    private final int shards;

    /** Places of the first key of each range, ascending; what is before the first is in the first range, too. */
    private final int[] starts;

    private final long[] firstKeys;
    private final int[] owners;

    private Range(KeyLoads keys, int shards, int[] starts, int[] owners) {
        this.keys = keys;
        this.shards = shards;
        this.starts = starts;
        this.owners = owners;
        this.firstKeys = Arrays.stream(starts).mapToLong(keys::key).toArray();
    }

    static Range over(KeyLoads keys, int shards) {
        int[] starts = new int[shards];
        int ranges = 0;
        long before = 0;
        long inRange = 0;
        double quota = 0;
        for (int place = 0; place < keys.size(); place++) {
            if (ranges < shards && inRange + keys.writes(place) / 2.0 >= quota) {
                quota = (keys.total() - before) / (double) (shards - ranges);
                inRange = 0;
                starts[ranges++] = place;
            }
            inRange += keys.writes(place);
            before += keys.writes(place);
        }
        int[] owners = new int[ranges];
        Arrays.setAll(owners, range -> range);
        return new Range(keys, shards, Arrays.copyOf(starts, ranges), owners);
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int shardOf(long key) {
        int found = Arrays.binarySearch(firstKeys, key);
        return owners[Math.max(0, found >= 0 ? found : -found - 2)];
    }

    @Override
    public Strategy grownTo(int more) {
        Range grown = this;
        for (int shard = shards; shard < more; shard++) {
            grown = grown.halved(shard);
        }
        return new Range(keys, more, grown.starts, grown.owners);
    }

    private Range halved(int newShard) {
        int heaviest = -1;
        for (int range = 0; range < starts.length; range++) {
            if (end(range) - starts[range] > 1 && (heaviest < 0 || writes(range) > writes(heaviest))) {
                heaviest = range;
            }
        }
        if (heaviest < 0) {
            return this;
        }
        int at = heaviest + 1;
        return new Range(keys, shards, inserted(starts, at, middle(heaviest)), inserted(owners, at, newShard));
    }

    /** The place that leaves the range's halves as even as its keys allow, neither of them empty. */
    private int middle(int range) {
        long half = writes(range) / 2;
        long before = 0;
        int place = starts[range];
        while (place < end(range) - 1 && before + keys.writes(place) / 2 < half) {
            before += keys.writes(place++);
        }
        return Math.max(place, starts[range] + 1);
    }

    private int end(int range) {
        return range + 1 < starts.length ? starts[range + 1] : keys.size();
    }

    private long writes(int range) {
        long writes = 0;
        for (int place = starts[range]; place < end(range); place++) {
            writes += keys.writes(place);
        }
        return writes;
    }

    private static int[] inserted(int[] values, int at, int value) {
        int[] longer = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(values, at, longer, at + 1, values.length - at);
        longer[at] = value;
        return longer;
    }

    @Override
    public long stateBytes() {
        return starts.length * (long) (Long.BYTES + Integer.BYTES);
    }
}
