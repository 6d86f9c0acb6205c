package spillway.batcher.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;
import spillway.platform.counters.Watermark;

/** One family's counts in one generation of Redis. Thread-safe; every command is pipelined on the shared connection. */
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

    /** Fails when the partition is sealed: its counts are moved forward in another generation. */
    @Override
    public CompletionStage<List<Watermark>> watermarks(int partition) {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        List<CompletableFuture<Watermark>> each = new ArrayList<>();
        for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
            each.add(pipeline.get(layout.watermark(family, partition, bucket)).thenApply(RedisCounters::unsealed));
        }
        pipeline.send();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(all -> each.stream().map(CompletableFuture::join).toList());
    }

    private static Watermark unsealed(byte @Nullable [] stored) {
        if (Watermark.isSealed(stored)) {
            throw new IllegalStateException("these counts are handed over to another generation");
        }
        return Watermark.parse(stored);
    }

    @Override
    public CompletionStage<Reply> compareAndApply(
            int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
        return compareAndApply(partition, List.of(new Move(bucket, expected, next, changes)))
                .getFirst();
    }

    @Override
    public List<CompletionStage<Reply>> compareAndApply(int partition, List<Move> moves) {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return moves.stream()
                    .map(move -> CompletableFuture.<Reply>failedStage(away))
                    .toList();
        }
        List<CompletionStage<Reply>> replies = new ArrayList<>();
        for (Move move : moves) {
            AdvanceCall call = AdvanceCall.of(
                    layout, family, partition, move.bucket(), move.expected(), move.next(), move.changes());
            replies.add(
                    pipeline.script(script, RedisCounters::answer, call::after).thenApply(RedisCounters::reply));
        }
        pipeline.send();
        return replies;
    }

    @Override
    public CompletionStage<?> reject(int partition, List<Long> offsets) {
        byte[][] members = offsets.stream()
                .map(offset -> Long.toString(offset).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        try {
            return redis.async().sadd(layout.deadLetters(family, partition), members);
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
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
