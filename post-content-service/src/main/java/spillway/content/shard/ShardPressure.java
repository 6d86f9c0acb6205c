package spillway.content.shard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How hard the shards in use are pressed, from what is known of them; no shard is asked. Thread-safe. */
public final class ShardPressure {

    private final List<Shard> all;
    private final OwnerSearch search;
    private final CommitTimes times;

    ShardPressure(List<Shard> all, OwnerSearch search, CommitTimes times) {
        this.all = List.copyOf(all);
        this.search = search;
        this.times = times;
    }

    /** Numbers of the shards in use; none before the map is known. */
    public List<Integer> shards() {
        return search.routes().isKnown() ? search.routes().numbers() : List.of();
    }

    /** Milliseconds of a commit, at the shard in the middle; null when no shard made one lately. */
    public @Nullable Double commitMillis() {
        return times.median(shards());
    }

    /** Whether callers of the shard are refused, as it does not answer or was never there. */
    public boolean isAway(int shard) {
        return all.get(shard).isAway();
    }

    /** Callers that wait for a connection of the shard, as a share of those that may: 0 to 1. */
    public double waiting(int shard) {
        return all.get(shard).waiting();
    }
}
