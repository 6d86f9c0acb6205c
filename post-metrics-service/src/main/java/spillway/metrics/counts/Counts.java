package spillway.metrics.counts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import spillway.metrics.path.LikePaths;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Pipeline;
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
        return paths.withoutLog()
                .map(likes -> logged(posts, EnumSet.complementOf(EnumSet.of(CounterFamily.LIKES)))
                        .thenCombine(likes.read(posts), Counts::withLikes))
                .orElseGet(() -> logged(posts, EnumSet.allOf(CounterFamily.class)));
    }

    /** One command per bucket that one of the posts is in, partition and family, for all of its posts together. */
    private CompletionStage<Map<Long, Map<CounterFamily, Long>>> logged(
            Collection<Long> posts, Set<CounterFamily> families) {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return CompletableFuture.failedStage(away);
        }
        Map<Integer, List<Long>> byBucket =
                posts.stream().distinct().collect(Collectors.groupingBy(CounterLayout::bucket));
        List<Answer> answers = new ArrayList<>();
        byBucket.forEach((bucket, members) -> {
            byte[][] fields = members.stream().map(Counts::field).toArray(byte[][]::new);
            for (CounterFamily family : families) {
                for (int partition = 0; partition < layout.partitions(); partition++) {
                    byte[] key = layout.counts(family, partition, bucket);
                    answers.add(new Answer(family, members, pipeline.hmget(key, fields)));
                }
            }
        });
        pipeline.send();
        return CompletableFuture.allOf(answers.stream().map(Answer::values).toArray(CompletableFuture[]::new))
                .thenApply(all -> sums(posts, answers));
    }

    /** What one bucket has to say, in the order of its posts. */
    private record Answer(CounterFamily family, List<Long> posts, CompletableFuture<List<byte @Nullable []>> values) {}

    /** Summed up once everything is there, by one thread: nothing has to be safe for several. */
    private static Map<Long, Map<CounterFamily, Long>> sums(Collection<Long> posts, List<Answer> answers) {
        Map<Long, Map<CounterFamily, Long>> sums = new HashMap<>();
        posts.forEach(post -> sums.put(post, new EnumMap<>(CounterFamily.class)));
        for (Answer answer : answers) {
            List<byte @Nullable []> values = answer.values().join();
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                Map<CounterFamily, Long> sum = sums.get(answer.posts().get(i));
                if (value != null && sum != null) {
                    sum.merge(
                            answer.family(), Long.parseLong(new String(value, StandardCharsets.ISO_8859_1)), Long::sum);
                }
            }
        }
        return sums;
    }

    private static Map<Long, Map<CounterFamily, Long>> withLikes(
            Map<Long, Map<CounterFamily, Long>> sums, Map<Long, Long> likes) {
        sums.forEach((post, counts) -> counts.put(CounterFamily.LIKES, likes.getOrDefault(post, 0L)));
        return sums;
    }

    private static byte[] field(long post) {
        return Long.toString(post).getBytes(StandardCharsets.ISO_8859_1);
    }
}
