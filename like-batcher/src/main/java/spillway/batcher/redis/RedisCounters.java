package spillway.batcher.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.dao.DataAccessException;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;
import spillway.platform.counters.Watermark;

/** One family's counts in Redis. Thread-safe; every command is pipelined on the shared connection. */
public final class RedisCounters implements CounterStore {

    /** Moves a bucket forward. */
    static final Script ADVANCE = Script.resource(RedisCounters.class, "advance.lua");

    private final CounterFamily family;
    private final CounterLayout layout;
    private final RedisLink redis;
    private final Script script;

    public RedisCounters(CounterFamily family, CounterLayout layout, RedisLink redis) {
        this(family, layout, redis, ADVANCE);
    }

    RedisCounters(CounterFamily family, CounterLayout layout, RedisLink redis, Script script) {
        this.family = family;
        this.layout = layout;
        this.redis = redis;
        this.script = script;
    }

    @Override
    public CompletionStage<List<Watermark>> watermarks(int partition) {
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = redis.async();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        List<CompletableFuture<Watermark>> each = new ArrayList<>();
        for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
            each.add(commands.get(layout.watermark(family, partition, bucket))
                    .thenApply(Watermark::parse)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(all -> each.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public CompletionStage<Reply> compareAndApply(
            int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
        AdvanceCall call = AdvanceCall.of(layout, family, partition, bucket, expected, next, changes);
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = redis.async();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        return script.call(commands, RedisCounters::answer, call::after).thenApply(RedisCounters::reply);
    }

    private static CommandOutput<byte[], byte[], List<Object>> answer() {
        return new NestedMultiOutput<>(ByteArrayCodec.INSTANCE);
    }

    private static Reply reply(List<Object> answer) {
        if (answer.get(0) instanceof Long applied && applied == 1 && answer.get(1) instanceof Long writes) {
            return new Reply.Applied(writes.intValue());
        }
        return new Reply.Fenced(
                answer.get(1) instanceof byte[] found
                        ? new String(found, StandardCharsets.UTF_8)
                        : String.valueOf(answer.get(1)));
    }
}
