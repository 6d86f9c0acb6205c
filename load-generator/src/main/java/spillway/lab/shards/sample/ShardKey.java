package spillway.lab.shards.sample;

import java.util.Locale;

/** What of a write could decide its shard. */
public enum ShardKey {
    /** The author. */
    USER,
    /** The post's own id. */
    POST,
    /** Where the author lives. */
    COUNTRY,
    /** The day of the write, in UTC. */
    TIME;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
