package spillway.batcher.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Watermark;

/**
 * One family's counts, in the generation that is to be written. A partition stays with the generation whose watermarks it
 * read last. A flush to one that was handed over since is fenced by its seal; then the watermarks are read again, and with
 * them the generation. Owned by one reader: two that took the same partition for theirs must not change each other's.
 */
public final class PresentCounters implements CounterStore {

    private final CounterFamily family;
    private final CounterLayout layout;
    private final RedisLink redis;
    private final GenerationKeys keys;
    private final ConcurrentMap<Integer, RedisCounters> writing = new ConcurrentHashMap<>();

    /** @param layout that of generation 0 */
    public PresentCounters(CounterFamily family, CounterLayout layout, RedisLink redis) {
        this.family = family;
        this.layout = layout;
        this.redis = redis;
        this.keys = new GenerationKeys(layout, redis);
    }

    @Override
    public CompletionStage<List<Watermark>> watermarks(int partition) {
        return keys.read().thenCompose(generations -> {
            RedisCounters counters = new RedisCounters(family, layout.generation(generations.written()), redis);
            writing.put(partition, counters);
            return counters.watermarks(partition);
        });
    }

    @Override
    public CompletionStage<Reply> compareAndApply(
            int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
        return written(partition).compareAndApply(partition, bucket, expected, next, changes);
    }

    @Override
    public List<CompletionStage<Reply>> compareAndApply(int partition, List<Move> moves) {
        return written(partition).compareAndApply(partition, moves);
    }

    @Override
    public CompletionStage<?> reject(int partition, List<Long> offsets) {
        return written(partition).reject(partition, offsets);
    }

    private RedisCounters written(int partition) {
        RedisCounters counters = writing.get(partition);
        if (counters == null) {
            throw new IllegalStateException("partition " + partition + ": no watermarks were read before");
        }
        return counters;
    }
}
