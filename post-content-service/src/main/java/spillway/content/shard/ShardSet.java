package spillway.content.shard;

import java.util.List;

/** All configured shards; the position is the number. */
record ShardSet(List<Shard> all) implements AutoCloseable {

    ShardSet {
        all = List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(Shard::close);
    }
}
