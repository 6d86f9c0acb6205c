package spillway.lab.shards.strategy;

/** Says which shard a key lives on. Immutable and thread-safe; two made alike say the same. */
public interface Strategy {

    int shards();

    /**
     * The shard of a key, from 0.
     *
     * @param key a positive number
     */
    int shardOf(long key);

    /**
     * The same with more shards, the new ones numbered after the old ones, moving as little as its way of placing allows.
     *
     * @param more shards than there are now
     */
    Strategy grownTo(int more);

    /** What a router keeps to say it, packed: 8 bytes for a key or hash, 4 for a shard's number. */
    long stateBytes();
}
