package spillway.metrics.views;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/** Views in Redis, each step one command or one script. Thread-safe. */
final class RedisViewStore implements ViewStore {

    /** A writer that learned of a split and then slept for longer than this could open a sub-key that nobody looks at. */
    private static final Duration SEALS_STAY = Duration.ofDays(1);

    private static final Script COUNT = Script.resource(RedisViewStore.class, "count.lua");
    private static final Script ADD = Script.resource(RedisViewStore.class, "add.lua");
    private static final Script MOVE = Script.resource(RedisViewStore.class, "move.lua");
    private static final Script SEAL = Script.resource(RedisViewStore.class, "seal.lua");
    private static final Script RETIRE = Script.resource(RedisViewStore.class, "retire.lua");
    private static final Script UNION = Script.resource(RedisViewStore.class, "union.lua");

    private static final byte[] VIEWS = bytes("views");
    private static final byte[] VARIANCE = bytes("variance");
    private static final byte[] WRITES = bytes("writes");
    private static final byte[] SPLIT = bytes("split");
    private static final byte[] GATHERED = bytes("gathered");
    private static final byte[] EPOCH = bytes("epoch");

    private final ViewKeys keys;
    private final RedisLink redis;
    private final Duration claimed;

    /** @param claimed how long a claim holds */
    RedisViewStore(ViewKeys keys, RedisLink redis, Duration claimed) {
        this.keys = keys;
        this.redis = redis;
        this.claimed = claimed;
    }

    @Override
    public Reads reads() {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return new NoReads(away);
        }
        return new Reads() {
            @Override
            public CompletionStage<Base> base(long post) {
                return pipeline.hmget(keys.base(post), SPLIT, VIEWS, VARIANCE, WRITES, GATHERED)
                        .thenCombine(pipeline.pfcount(keys.viewers(post)), RedisViewStore::base);
            }

            @Override
            public CompletionStage<SubKey> subKey(long post, int subKey) {
                return pipeline.hmget(keys.subKey(post, subKey), EPOCH, VIEWS, VARIANCE, WRITES)
                        .thenApply(found -> new SubKey(
                                number(found.get(0)),
                                new Tally(number(found.get(1)), number(found.get(2))),
                                number(found.get(3))));
            }

            @Override
            public void send() {
                pipeline.send();
            }
        };
    }

    /** There is no Redis to read from. */
    private record NoReads(DataAccessException away) implements Reads {
        @Override
        public CompletionStage<Base> base(long post) {
            return CompletableFuture.failedStage(away);
        }

        @Override
        public CompletionStage<SubKey> subKey(long post, int subKey) {
            return CompletableFuture.failedStage(away);
        }

        @Override
        public void send() {}
    }

    private static Base base(List<byte @Nullable []> found, long viewers) {
        byte[] split = found.get(0);
        return new Base(
                split == null ? Split.NEVER : Split.parse(text(split)),
                new Tally(number(found.get(1)), number(found.get(2))),
                number(found.get(3)),
                viewers,
                number(found.get(4)));
    }

    @Override
    public CompletionStage<?> addViews(long post, Tally views) {
        if (views.variance() == 0) {
            return ask(commands -> commands.hincrby(keys.base(post), VIEWS, views.views()));
        }
        byte[][] key = {keys.base(post)};
        return ask(commands -> COUNT.<Long>call(
                commands, ScriptOutputType.INTEGER, key, number(views.views()), number(views.variance())));
    }

    @Override
    public CompletionStage<?> addViewers(long post, Collection<Long> viewers) {
        return ask(commands -> commands.pfadd(keys.viewers(post), numbers(viewers.stream())));
    }

    @Override
    public CompletionStage<?> addWrites(long post, long writes) {
        return ask(commands -> commands.hincrby(keys.base(post), WRITES, writes));
    }

    @Override
    public CompletionStage<Boolean> addToSubKey(long epoch, int subKey, Gathered gathered) {
        byte[][] arguments = numbers(Stream.concat(
                Stream.of(epoch, gathered.tally().views(), gathered.tally().variance(), ViewWriter.writes(gathered)),
                gathered.viewers().stream()));
        return ask(commands -> ADD.<Long>call(
                        commands, ScriptOutputType.INTEGER, ofSubKey(gathered.post(), subKey), arguments))
                .thenApply(added -> added == 1);
    }

    @Override
    public CompletionStage<SubKey> seal(long post, long epoch, int subKey) {
        byte[][] key = {keys.subKey(post, subKey)};
        return ask(commands -> SEAL.<List<Long>>call(commands, ScriptOutputType.MULTI, key, number(epoch)))
                .thenApply(last -> new SubKey(last.get(0), new Tally(last.get(1), last.get(2)), last.get(3)));
    }

    @Override
    public CompletionStage<Boolean> move(long post, Split expected, Split next, Tally views, long writes) {
        byte[][] key = {keys.base(post)};
        byte[][] arguments = {
            bytes(expected.toString()),
            bytes(next.toString()),
            number(views.views()),
            number(views.variance()),
            number(writes)
        };
        return ask(commands -> MOVE.<Long>call(commands, ScriptOutputType.INTEGER, key, arguments))
                .thenApply(moved -> moved == 1);
    }

    @Override
    public CompletionStage<?> gatherViewers(long post, int subKey) {
        byte[][] into = {keys.viewers(post), keys.scratch(post)};
        return ask(commands -> commands.get(keys.subViewers(post, subKey))
                .thenCompose(viewers -> viewers == null
                        ? CompletableFuture.completedStage(null)
                        : UNION.<String>call(commands, ScriptOutputType.STATUS, into, viewers)));
    }

    @Override
    public CompletionStage<?> gathered(long post, long millis) {
        return ask(commands -> commands.hset(keys.base(post), GATHERED, number(millis)));
    }

    @Override
    public CompletionStage<?> retire(long post, long epoch, int subKey) {
        return ask(commands -> RETIRE.<Long>call(
                commands,
                ScriptOutputType.INTEGER,
                ofSubKey(post, subKey),
                number(epoch),
                number(SEALS_STAY.toSeconds())));
    }

    @Override
    public CompletionStage<Boolean> claim(long post) {
        SetArgs ifNobodyHas = SetArgs.Builder.nx().px(claimed);
        return ask(commands ->
                commands.set(keys.claim(post), bytes("1"), ifNobodyHas).thenApply("OK"::equals));
    }

    private byte[][] ofSubKey(long post, int subKey) {
        return new byte[][] {keys.subKey(post, subKey), keys.subViewers(post, subKey)};
    }

    private <T> CompletionStage<T> ask(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> question) {
        try {
            return question.apply(redis.async());
        } catch (DataAccessException away) {
            return CompletableFuture.failedStage(away);
        }
    }

    private static long number(byte @Nullable [] stored) {
        return stored == null ? 0 : Long.parseLong(text(stored));
    }

    private static byte[] number(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[][] numbers(Stream<Long> numbers) {
        return numbers.map(RedisViewStore::number).toArray(byte[][]::new);
    }

    private static String text(byte[] stored) {
        return new String(stored, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
