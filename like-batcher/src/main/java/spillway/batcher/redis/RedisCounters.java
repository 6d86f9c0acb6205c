package spillway.batcher.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.springframework.dao.DataAccessException;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Watermark;

/** One family's counts in Redis. Thread-safe; every command is pipelined on the shared connection. */
public final class RedisCounters implements CounterStore {

    private final CounterFamily family;
    private final CounterLayout layout;
    private final RedisLink redis;
    private final AdvanceScript script;

    public RedisCounters(CounterFamily family, CounterLayout layout, RedisLink redis) {
        this(family, layout, redis, AdvanceScript.load());
    }

    RedisCounters(CounterFamily family, CounterLayout layout, RedisLink redis, AdvanceScript script) {
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
        return commands.dispatch(CommandType.EVALSHA, answer(), call.after(script.sha1()))
                .exceptionallyCompose(failure -> isNoScript(failure)
                        ? commands.dispatch(CommandType.EVAL, answer(), call.after(script.source()))
                        : CompletableFuture.failedFuture(failure))
                .thenApply(RedisCounters::reply);
    }

    private static CommandOutput<byte[], byte[], List<Object>> answer() {
        return new NestedMultiOutput<>(ByteArrayCodec.INSTANCE);
    }

    /** A Redis that was restarted, or a replica that took over, may not have seen the script yet. */
    private static boolean isNoScript(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
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
