package spillway.lab.estimate;

/** How new posts are written; the monolith knows only one way. */
public enum Inserts {
    /** A transaction for each, on eight shards. */
    ALONE,
    /** Those that come for one of eight shards at the same time share a transaction. */
    TOGETHER,
    /** The same on one shard, whose transactions are larger. */
    TOGETHER_ON_ONE_SHARD
}
