package spillway.metrics.path;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;
import spillway.platform.id.Hash64;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Likes kept in Redis alone: per sub-key of a post the set of those who like it and their number. A user always belongs to
 * the same sub-key, so the set decides whether a like is new, in the script that moves the number. Thread-safe.
 */
public final class RedisLikes {

    private static final Script SET = Script.of("""
            local changed = redis.call(ARGV[2] == '1' and 'SADD' or 'SREM', KEYS[1], ARGV[1])
            if changed == 1 then redis.call('INCRBY', KEYS[2], ARGV[2]) end
            return changed""");

    private final RedisLink redis;
    private final String prefix;
    private final int subKeys;

    /** @param prefix of its keys, without braces: a sub-key is one slot of a Redis Cluster */
    RedisLikes(RedisLink redis, String prefix, int subKeys) {
        if (subKeys < 1) {
            throw new IllegalArgumentException("a post needs a sub-key: " + subKeys);
        }
        this.redis = redis;
        this.prefix = prefix;
        this.subKeys = subKeys;
    }

    /** Completes when Redis has applied the like, or its end; fails when Redis does not answer. */
    public CompletionStage<Boolean> set(PostId post, UserId user, boolean liked) {
        String subKey = subKey(post.value(), subKeyOf(user));
        byte[][] keys = {members(subKey), count(subKey)};
        return ask(commands -> SET.<Long>call(
                        commands, ScriptOutputType.INTEGER, keys, member(user), bytes(liked ? "1" : "-1")))
                .thenApply(changed -> changed == 1);
    }

    public CompletionStage<Boolean> has(PostId post, UserId user) {
        byte[] members = members(subKey(post.value(), subKeyOf(user)));
        return ask(commands -> commands.sismember(members, member(user)));
    }

    /** Each post's likes: the sum over all of its sub-keys, read in one pipeline. */
    public CompletionStage<Map<Long, Long>> read(Collection<Long> posts) {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        Map<Long, Long> sums = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (long post : posts) {
            for (int i = 0; i < subKeys; i++) {
                reads.add(pipeline.get(count(subKey(post, i))).thenAccept(stored -> add(sums, post, stored)));
            }
        }
        pipeline.send();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).thenApply(all -> sums);
    }

    private static void add(Map<Long, Long> sums, long post, byte @Nullable [] stored) {
        if (stored != null) {
            sums.merge(post, Long.parseLong(new String(stored, StandardCharsets.ISO_8859_1)), Long::sum);
        }
    }

    private <T> CompletionStage<T> ask(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> question) {
        try {
            return question.apply(redis.async());
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
    }

    private int subKeyOf(UserId user) {
        return Hash64.bucket(Hash64.mix(user.value()), subKeys);
    }

    private String subKey(long post, int i) {
        return "{" + post + '.' + i + '}';
    }

    private byte[] members(String subKey) {
        return bytes(prefix + "m:" + subKey);
    }

    private byte[] count(String subKey) {
        return bytes(prefix + "c:" + subKey);
    }

    private static byte[] member(UserId user) {
        return bytes(user.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
