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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import spillway.metrics.path.LikePaths;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.CountersInUse;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.Watermark;

/**
 * Counts of members: each is spread over as many sub-keys as the topic has partitions, and every read sums all of them.
 * One pipeline for any number of posts. Thread-safe.
 */
final class Counts {

    private final CountersInUse counters;
    private final LikePaths paths;

    Counts(CountersInUse counters, LikePaths paths) {
        this.counters = counters;
        this.paths = paths;
    }

    /**
     * A count and how far it has come.
     *
     * @param applied per partition, the offset of the last record in the count or -1; empty when no log stands behind it
     */
    record Count(long value, List<Long> applied) {}

    /** Each post's count per family; fails when Redis does not answer. */
    CompletionStage<Map<Long, Map<CounterFamily, Count>>> read(Collection<Long> posts) {
        return paths.withoutLog()
                .map(likes -> logged(posts, EnumSet.complementOf(EnumSet.of(CounterFamily.LIKES)))
                        .thenCombine(likes.read(posts), Counts::withLikes))
                .orElseGet(() -> logged(posts, EnumSet.allOf(CounterFamily.class)));
    }

    /**
     * Three commands per bucket that one of the posts is in, partition and family, for all of its posts together: the counts
     * between two looks at the watermark that they belong to.
     */
    private CompletionStage<Map<Long, Map<CounterFamily, Count>>> logged(
            Collection<Long> posts, Set<CounterFamily> families) {
        return counters.read((layout, pipeline) -> read(posts, families, layout, pipeline));
    }

    private static CompletableFuture<Map<Long, Map<CounterFamily, Count>>> read(
            Collection<Long> posts, Set<CounterFamily> families, CounterLayout layout, Pipeline pipeline) {
        Map<Integer, List<Long>> byBucket =
                posts.stream().distinct().collect(Collectors.groupingBy(CounterLayout::bucket));
        List<Asked> asked = new ArrayList<>();
        byBucket.forEach((bucket, members) -> {
            byte[][] fields = members.stream().map(Counts::field).toArray(byte[][]::new);
            for (CounterFamily family : families) {
                List<Part> parts = new ArrayList<>();
                for (int partition = 0; partition < layout.partitions(); partition++) {
                    byte[] watermark = layout.watermark(family, partition, bucket);
                    parts.add(new Part(
                            pipeline.get(watermark),
                            pipeline.hmget(layout.counts(family, partition, bucket), fields),
                            pipeline.get(watermark)));
                }
                asked.add(new Asked(family, members, parts));
            }
        });
        return CompletableFuture.allOf(asked.stream()
                        .flatMap(bucket -> bucket.parts().stream())
                        .flatMap(part -> Stream.of(part.before(), part.values(), part.after()))
                        .toArray(CompletableFuture[]::new))
                .thenApply(all -> sums(posts, asked));
    }

    /**
     * What one bucket's sub-keys of a partition have to say.
     *
     * @param before the watermark as it was before the counts were read
     * @param values in the order of the bucket's posts
     * @param after the watermark as it was afterwards
     */
    record Part(
            CompletableFuture<byte @Nullable []> before,
            CompletableFuture<List<byte @Nullable []>> values,
            CompletableFuture<byte @Nullable []> after) {

        /**
         * How far the counts have come at least. While they were read the batcher may have moved them on: then the first
         * look says too little, and what it applied is both counted and pending. Or Redis has lost everything: then the
         * second look says so, and a count of nothing is not taken for complete (invariant I4).
         */
        long applied() {
            return Math.min(offset(before), offset(after));
        }

        private static long offset(CompletableFuture<byte @Nullable []> watermark) {
            return Watermark.parse(watermark.join()).offset();
        }
    }

    private record Asked(CounterFamily family, List<Long> posts, List<Part> parts) {

        List<Long> applied() {
            return parts.stream().map(Part::applied).toList();
        }

        long sum(int post) {
            return parts.stream()
                    .map(part -> part.values().join().get(post))
                    .mapToLong(
                            value -> value == null ? 0 : Long.parseLong(new String(value, StandardCharsets.ISO_8859_1)))
                    .sum();
        }
    }

    /** Summed up once everything is there, by one thread: nothing has to be safe for several. */
    private static Map<Long, Map<CounterFamily, Count>> sums(Collection<Long> posts, List<Asked> asked) {
        Map<Long, Map<CounterFamily, Count>> sums = new HashMap<>();
        posts.forEach(post -> sums.put(post, new EnumMap<>(CounterFamily.class)));
        for (Asked bucket : asked) {
            List<Long> applied = bucket.applied();
            for (int i = 0; i < bucket.posts().size(); i++) {
                Map<CounterFamily, Count> ofPost = sums.get(bucket.posts().get(i));
                if (ofPost != null) {
                    ofPost.put(bucket.family(), new Count(bucket.sum(i), applied));
                }
            }
        }
        return sums;
    }

    private static Map<Long, Map<CounterFamily, Count>> withLikes(
            Map<Long, Map<CounterFamily, Count>> sums, Map<Long, Long> likes) {
        sums.forEach(
                (post, counts) -> counts.put(CounterFamily.LIKES, new Count(likes.getOrDefault(post, 0L), List.of())));
        return sums;
    }

    private static byte[] field(long post) {
        return Long.toString(post).getBytes(StandardCharsets.ISO_8859_1);
    }
}
