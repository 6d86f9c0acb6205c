package spillway.metrics.views;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.RedisLink;

/** Serves views and unique viewers. Thread-safe. */
public final class ViewCounts {

    /** Standard error of Redis's HyperLogLog: 1.04 / sqrt(16384). */
    private static final double STANDARD_ERROR = 0.0081;

    private final Views views;
    private final ViewKeys keys;
    private final RedisLink redis;

    ViewCounts(Views views, ViewKeys keys, RedisLink redis) {
        this.views = views;
        this.keys = keys;
        this.redis = redis;
    }

    /**
     * One post's views.
     *
     * @param unflushed views taken by this instance and not yet among {@code views}
     * @param viewers estimate of distinct viewers
     */
    public record Viewed(long views, long unflushed, long viewers) {

        public static final Viewed NONE = new Viewed(0, 0, 0);

        /** One standard error, rounded up. */
        public long viewersError() {
            return (long) Math.ceil(viewers * STANDARD_ERROR);
        }
    }

    /** Each post's views; fails when Redis does not answer. */
    public CompletionStage<Map<Long, Viewed>> read(Collection<Long> posts) {
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = redis.async();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        Map<Long, Viewed> read = new ConcurrentHashMap<>();
        CompletableFuture<?>[] reads = posts.stream()
                .map(post -> {
                    long unflushed = views.unflushed(post);
                    return commands.get(keys.views(post))
                            .thenCombine(commands.pfcount(keys.viewers(post)), (count, viewers) -> {
                                long counted = count == null
                                        ? 0
                                        : Long.parseLong(new String(count, StandardCharsets.ISO_8859_1));
                                return read.put(post, new Viewed(counted, unflushed, viewers));
                            })
                            .toCompletableFuture();
                })
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(reads).thenApply(all -> read);
    }
}
