package spillway.metrics.receipt;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Watermark;

/** How far the buckets have come, and what became of single records. Thread-safe. */
final class Progress {

    /** What became of an accepted write. */
    enum Fate {
        ACCEPTED,
        APPLIED,
        REJECTED
    }

    private final RedisLink redis;
    private final CounterLayout layout;

    Progress(RedisLink redis, CounterLayout layout) {
        this.redis = redis;
        this.layout = layout;
    }

    /** Offset of the last record applied to a bucket, -1 for none. */
    CompletionStage<Long> applied(CounterFamily family, int partition, int bucket) {
        try {
            return redis.async()
                    .get(layout.watermark(family, partition, bucket))
                    .thenApply(stored -> Watermark.parse(stored).offset());
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
    }

    /**
     * A record goes to the dead letters, and into their index, before the watermark passes it: a passed record that is
     * not in the index was applied. Read in that order, so that the answer holds.
     */
    CompletionStage<Fate> fate(Receipt receipt) {
        return applied(receipt.family(), receipt.partition(), receipt.bucket())
                .thenCompose(applied -> applied < receipt.offset()
                        ? CompletableFuture.completedFuture(Fate.ACCEPTED)
                        : isDeadLetter(receipt).thenApply(dead -> dead ? Fate.REJECTED : Fate.APPLIED));
    }

    private CompletionStage<Boolean> isDeadLetter(Receipt receipt) {
        try {
            RedisClusterAsyncCommands<byte[], byte[]> commands = redis.async();
            return commands.sismember(
                    layout.deadLetters(receipt.family(), receipt.partition()),
                    Long.toString(receipt.offset()).getBytes(StandardCharsets.ISO_8859_1));
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
    }
}
