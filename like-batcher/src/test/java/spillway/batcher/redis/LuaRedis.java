package spillway.batcher.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/**
 * As much of Redis as the script needs, in memory, running the script's real text: what a simulation proves, it proves of
 * the script that is deployed. Single-threaded.
 */
public final class LuaRedis implements CounterStore {

    private final CounterLayout layout = new CounterLayout("", 1);
    private final Globals lua = JsePlatform.standardGlobals();
    private final LuaValue chunk;
    private Map<String, Object> data = new HashMap<>();

    /** @param script source of the script, whole or damaged on purpose */
    public LuaRedis(String script) {
        LuaTable redis = new LuaTable();
        redis.set("call", new VarArgFunction() {
            @Override
            public Varargs invoke(Varargs arguments) {
                return command(arguments);
            }
        });
        redis.set("error_reply", new VarArgFunction() {
            @Override
            public Varargs invoke(Varargs arguments) {
                throw new LuaError(arguments.checkjstring(1));
            }
        });
        lua.set("redis", redis);
        lua.set("unpack", lua.get("table").get("unpack"));
        chunk = lua.load(script, "advance");
    }

    /** The script as it is deployed. */
    public static String deployedScript() {
        return RedisCounters.ADVANCE.source();
    }

    /** The whole state as it is now, to be given to {@link #restore}. */
    public Map<String, Object> snapshot() {
        Map<String, Object> copy = new HashMap<>();
        data.forEach((key, value) -> copy.put(key, copied(value)));
        return copy;
    }

    public void restore(Map<String, Object> snapshot) {
        data = new HashMap<>();
        snapshot.forEach((key, value) -> data.put(key, copied(value)));
    }

    public void put(byte[] key, Object value) {
        data.put(text(key), value);
    }

    /** Runs the script later: the arguments are taken now, as when a command sits in a socket's buffer. */
    public Supplier<Reply> prepare(int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
        List<byte[]> words =
                words(AdvanceCall.of(layout, CounterFamily.LIKES, partition, bucket, expected, next, changes)
                        .words());
        int firstArgument = 1 + Integer.parseInt(text(words.getFirst()));
        byte[][] keys = words.subList(1, firstArgument).toArray(byte[][]::new);
        byte[][] arguments = words.subList(firstArgument, words.size()).toArray(byte[][]::new);
        return () -> run(keys, arguments);
    }

    /** Reads what was written for the wire, as the server would. */
    private static List<byte[]> words(Resp resp) {
        List<byte[]> words = new ArrayList<>();
        String wire = new String(resp.bytes(), 0, resp.length(), StandardCharsets.ISO_8859_1);
        for (int at = 0; at < wire.length(); ) {
            int headerEnd = wire.indexOf("\r\n", at);
            int length = Integer.parseInt(wire.substring(at + 1, headerEnd));
            if (wire.charAt(at) != '$' || !wire.startsWith("\r\n", headerEnd + 2 + length)) {
                throw new IllegalArgumentException("not an argument: " + wire.substring(at));
            }
            words.add(wire.substring(headerEnd + 2, headerEnd + 2 + length).getBytes(StandardCharsets.ISO_8859_1));
            at = headerEnd + 2 + length + 2;
        }
        if (words.size() != resp.count()) {
            throw new IllegalArgumentException(words.size() + " arguments, announced as " + resp.count());
        }
        return words;
    }

    public Reply run(byte[][] keys, byte[][] arguments) {
        lua.set("KEYS", table(keys));
        lua.set("ARGV", table(arguments));
        LuaValue answer = chunk.call();
        return answer.get(1).toint() == 1
                ? new Reply.Applied(answer.get(2).toint())
                : new Reply.Fenced(answer.get(2).tojstring());
    }

    @Override
    public CompletionStage<List<Watermark>> watermarks(int partition) {
        return CompletableFuture.completedFuture(IntStream.range(0, CounterLayout.BUCKETS)
                .mapToObj(bucket -> watermark(partition, bucket))
                .toList());
    }

    @Override
    public CompletionStage<Reply> compareAndApply(
            int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
        return CompletableFuture.completedFuture(
                prepare(partition, bucket, expected, next, changes).get());
    }

    @Override
    public CompletionStage<?> reject(int partition, List<Long> offsets) {
        Set<String> index = writableSet(text(layout.deadLetters(CounterFamily.LIKES, partition)));
        offsets.forEach(offset -> index.add(Long.toString(offset)));
        return CompletableFuture.completedFuture(offsets.size());
    }

    public Watermark watermark(int partition, int bucket) {
        Object stored = data.get(text(layout.watermark(CounterFamily.LIKES, partition, bucket)));
        return Watermark.parse(stored == null ? null : ((String) stored).getBytes(StandardCharsets.UTF_8));
    }

    /** Counts of a bucket, zeroes left out. */
    public Map<Long, Long> counts(int partition, int bucket) {
        Map<Long, Long> counts = new TreeMap<>();
        hash(text(layout.counts(CounterFamily.LIKES, partition, bucket))).forEach((post, count) -> {
            if (!count.equals("0")) {
                counts.put(Long.valueOf(post), Long.valueOf(count));
            }
        });
        return counts;
    }

    public Set<String> members(int partition, long post) {
        return set(text(layout.members(CounterFamily.LIKES, partition, post)));
    }

    /** Highest sequences of a post's members. */
    public Map<String, String> sequences(int partition, long post) {
        return Map.copyOf(hash(text(layout.sequences(CounterFamily.LIKES, partition, post))));
    }

    private Varargs command(Varargs arguments) {
        String key = arguments.checkjstring(2);
        return switch (arguments.checkjstring(1)) {
            case "GET" -> data.containsKey(key) ? LuaValue.valueOf((String) typed(key, String.class)) : LuaValue.FALSE;
            case "SET" -> {
                data.put(key, arguments.checkjstring(3));
                yield LuaValue.TRUE;
            }
            case "TYPE" -> {
                LuaTable status = new LuaTable();
                status.set("ok", type(data.get(key)));
                yield status;
            }
            case "SADD" -> count(arguments, member -> writableSet(key).add(member));
            case "SREM" -> count(arguments, member -> set(key).remove(member));
            case "HINCRBY" ->
                LuaValue.valueOf(writableHash(key)
                        .merge(
                                arguments.checkjstring(3),
                                Integer.toString(arguments.checkint(4)),
                                (before, by) -> Long.toString(Long.parseLong(before) + Long.parseLong(by))));
            case "HMGET" -> {
                LuaTable values = new LuaTable();
                for (int i = 3; i <= arguments.narg(); i++) {
                    String value = hash(key).get(arguments.checkjstring(i));
                    values.set(i - 2, value == null ? LuaValue.FALSE : LuaValue.valueOf(value));
                }
                yield values;
            }
            case "HSET" -> {
                for (int i = 3; i < arguments.narg(); i += 2) {
                    writableHash(key).put(arguments.checkjstring(i), arguments.checkjstring(i + 1));
                }
                yield LuaValue.valueOf((arguments.narg() - 2) / 2);
            }
            default -> throw new LuaError("unknown command " + arguments.checkjstring(1));
        };
    }

    private static LuaValue count(Varargs arguments, java.util.function.Predicate<String> change) {
        if (arguments.narg() < 3) {
            throw new LuaError("wrong number of arguments");
        }
        int changed = 0;
        for (int i = 3; i <= arguments.narg(); i++) {
            changed += change.test(arguments.checkjstring(i)) ? 1 : 0;
        }
        return LuaValue.valueOf(changed);
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case String text -> "string";
            case Set<?> set -> "set";
            case Map<?, ?> map -> "hash";
            default -> throw new IllegalStateException("unexpected " + value.getClass());
        };
    }

    private Object typed(String key, Class<?> type) {
        Object value = data.get(key);
        if (!type.isInstance(value)) {
            throw new LuaError("WRONGTYPE of " + key);
        }
        return value;
    }

    private Set<String> set(String key) {
        return data.containsKey(key) ? writableSet(key) : new HashSet<>();
    }

    private Map<String, String> hash(String key) {
        return data.containsKey(key) ? writableHash(key) : new HashMap<>();
    }

    @SuppressWarnings("unchecked") // every set of this class holds strings
    private Set<String> writableSet(String key) {
        data.computeIfAbsent(key, absent -> new HashSet<String>());
        return (Set<String>) typed(key, Set.class);
    }

    @SuppressWarnings("unchecked") // every hash of this class holds strings
    private Map<String, String> writableHash(String key) {
        data.computeIfAbsent(key, absent -> new HashMap<String, String>());
        return (Map<String, String>) typed(key, Map.class);
    }

    private static Object copied(Object value) {
        return switch (value) {
            case Set<?> set -> new HashSet<>(set);
            case Map<?, ?> map -> new HashMap<>(map);
            default -> value;
        };
    }

    private static LuaTable table(byte[][] values) {
        LuaTable table = new LuaTable();
        for (int i = 0; i < values.length; i++) {
            table.set(i + 1, LuaValue.valueOf(text(values[i])));
        }
        return table;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
