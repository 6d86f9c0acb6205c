package spillway.lab.shards.strategy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import spillway.platform.id.Hash64;

/**
 * Consistent hashing: Karger et al., "Consistent hashing and random trees", STOC 1997. Each shard stands at many points
 * of a ring, its virtual nodes; a key belongs to the first point from its own hash on. A new shard takes arcs from the
 * others and changes nothing between them. Arcs differ in length: with v points per shard the load varies by about
 * 1/sqrt(v).
 */
final class Ring implements Strategy {

    static final int VIRTUAL_NODES = 160;

    private final int shards;
    private final long[] points;
    private final int[] owners;

    private Ring(int shards, Map<Long, Integer> ring) {
        this.shards = shards;
        points = ring.keySet().stream().mapToLong(Long::longValue).toArray();
        owners = ring.values().stream().mapToInt(Integer::intValue).toArray();
    }

    static Ring of(int shards) {
        Map<Long, Integer> ring = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
            for (int node = 0; node < VIRTUAL_NODES; node++) {
                ring.put(Hash64.mix(shard, node), shard);
            }
        }
        return new Ring(shards, ring);
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public int shardOf(long key) {
        int found = Arrays.binarySearch(points, Hash64.mix(key));
        int next = found >= 0 ? found : -found - 1;
        return owners[next < points.length ? next : 0];
    }

    @Override
    public Strategy grownTo(int more) {
        return of(more);
    }

    @Override
    public long stateBytes() {
        return points.length * (long) (Long.BYTES + Integer.BYTES);
    }
}
