package spillway.metrics.counts;

import io.lettuce.core.KeyValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import spillway.metrics.path.LikePaths;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;

/**
 * Counts of members: each is spread over as many sub-keys as the topic has partitions, and every read sums all of them.
 * One pipeline for any number of posts. Thread-safe.
 */
final class Counts {

    private final RedisLink redis;
    private final CounterLayout layout;
    private final LikePaths paths;

    Counts(RedisLink redis, CounterLayout layout, LikePaths paths) {
        this.redis = redis;
        this.layout = layout;
        this.paths = paths;
    }

    /** Each post's count per family, absent for 0; fails when Redis does not answer. */
    CompletionStage<Map<Long, Map<CounterFamily, Long>>> read(Collection<Long> posts) {
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = redis.async();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        Map<Integer, List<Long>> byBucket =
                posts.stream().distinct().collect(Collectors.groupingBy(CounterLayout::bucket));
        Map<Long, Map<CounterFamily, Long>> sums = new HashMap<>();
        posts.forEach(post -> sums.put(post, new ConcurrentHashMap<>()));
        List<CompletableFuture<?>> reads = new ArrayList<>();
        byBucket.forEach((bucket, members) -> {
            byte[][] fields = members.stream().map(Counts::field).toArray(byte[][]::new);
            for (CounterFamily family : CounterFamily.values()) {
                for (int partition = 0; partition < layout.partitions(); partition++) {
                    reads.add(commands.hmget(layout.counts(family, partition, bucket), fields)
                            .thenAccept(values -> add(values, members, family, sums))
                            .toCompletableFuture());
                }
            }
        });
        CompletionStage<Map<Long, Map<CounterFamily, Long>>> logged =
                CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).thenApply(all -> sums);
        return paths.withoutLog()
                .map(likes -> logged.thenCombine(likes.read(posts), Counts::withLikes))
                .orElse(logged);
    }

    private static Map<Long, Map<CounterFamily, Long>> withLikes(
            Map<Long, Map<CounterFamily, Long>> sums, Map<Long, Long> likes) {
        sums.forEach((post, counts) -> counts.put(CounterFamily.LIKES, likes.getOrDefault(post, 0L)));
        return sums;
    }

    private static void add(
            List<KeyValue<byte[], byte[]>> values,
            List<Long> posts,
            CounterFamily family,
            Map<Long, Map<CounterFamily, Long>> sums) {
        for (int i = 0; i < posts.size(); i++) {
            Map<CounterFamily, Long> sum = sums.get(posts.get(i));
            if (sum != null && values.get(i).hasValue()) {
                String count = new String(values.get(i).getValue(), StandardCharsets.ISO_8859_1);
                sum.merge(family, Long.parseLong(count), Long::sum);
            }
        }
    }

    private static byte[] field(long post) {
        return Long.toString(post).getBytes(StandardCharsets.ISO_8859_1);
    }
}
