package spillway.batcher.rebuild;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import spillway.batcher.redis.Handover;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/**
 * Deletes generations that nobody reads and nobody builds, a page of the keyspace at a time.
 *
 * <p>Keys go only where their bucket is sealed, which the same script verifies; the watermarks that carry the seals go last. So
 * if Redis loses everything meanwhile, and batchers begin anew under numbers that had been used, nothing of theirs is touched.
 */
final class Sweep {

    private static final int PAGE = 1_000;

    private static final Script UNLINK_SEALED = Script.of("""
            if string.sub(redis.call('GET', KEYS[1]) or '', -1) ~= '!' then
              return 0
            end
            return redis.call('UNLINK', unpack(KEYS, ARGV[1] + 0))
            """);

    private final CounterLayout layout;
    private final RedisLink redis;
    private final Handover handover;
    private final Pattern ours;

    /** @param layout that of generation 0 */
    Sweep(CounterLayout layout, RedisLink redis) {
        this.layout = layout;
        this.redis = redis;
        this.handover = new Handover(layout, redis);
        String families =
                Arrays.stream(CounterFamily.values()).map(CounterFamily::id).collect(Collectors.joining("|"));
        this.ours = Pattern.compile(Pattern.quote(layout.prefix())
                + "(?:g(?<generation>\\d{1,9}):)?(?<family>" + families
                + "):(?<kind>[wcmsd]):\\{(?<partition>\\d{1,9})(?:\\.(?<bucket>\\d{1,9}))?}.*");
    }

    private record Bucket(int generation, CounterFamily family, int partition, int bucket) {}

    /**
     * Deletes all generations but those to keep.
     *
     * @param watcher told again and again how many keys were deleted; what it throws ends the sweep
     * @return keys deleted
     */
    long run(IntPredicate keep, LongConsumer watcher) {
        Set<Integer> found = new HashSet<>();
        long deleted = 0;
        ScanArgs page = ScanArgs.Builder.limit(PAGE).match(escaped(layout.prefix()) + "*");
        KeyScanCursor<byte[]> cursor = join(redis.async().scan(ScanCursor.INITIAL, page));
        while (true) {
            deleted += sweep(cursor.getKeys(), keep, found);
            watcher.accept(deleted);
            if (cursor.isFinished()) {
                break;
            }
            cursor = join(redis.async().scan(cursor, page));
        }
        for (int generation : found) {
            deleted += sweepWatermarks(generation);
        }
        return deleted;
    }

    private long sweep(List<byte[]> keys, IntPredicate keep, Set<Integer> found) {
        Map<Bucket, List<byte[]>> byBucket = new HashMap<>();
        List<byte[]> indexes = new ArrayList<>();
        for (byte[] key : keys) {
            Matcher name = ours.matcher(new String(key, StandardCharsets.UTF_8));
            if (!name.matches()) {
                continue;
            }
            int generation = name.group("generation") == null ? 0 : Integer.parseInt(name.group("generation"));
            if (keep.test(generation)) {
                continue;
            }
            if (found.add(generation)) {
                var unused = join(handover.seal(generation));
            }
            switch (name.group("kind")) {
                case "w" -> {}
                case "d" -> indexes.add(key);
                default ->
                    byBucket.computeIfAbsent(bucket(generation, name), absent -> new ArrayList<>())
                            .add(key);
            }
        }
        List<CompletableFuture<Long>> deletions = new ArrayList<>();
        byBucket.forEach((bucket, members) -> deletions.add(unlink(bucket, members)));
        indexes.forEach(key -> deletions.add(redis.async().unlink(key).toCompletableFuture()));
        return deletions.stream().mapToLong(CompletableFuture::join).sum();
    }

    private static Bucket bucket(int generation, Matcher name) {
        CounterFamily family = Arrays.stream(CounterFamily.values())
                .filter(each -> each.id().equals(name.group("family")))
                .findFirst()
                .orElseThrow();
        return new Bucket(
                generation, family, Integer.parseInt(name.group("partition")), Integer.parseInt(name.group("bucket")));
    }

    private CompletableFuture<Long> unlink(Bucket bucket, List<byte[]> members) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(
                layout.generation(bucket.generation()).watermark(bucket.family(), bucket.partition(), bucket.bucket()));
        keys.addAll(members);
        return unlinkSealed(keys, 2);
    }

    private long sweepWatermarks(int generation) {
        List<CompletableFuture<Long>> deletions = new ArrayList<>();
        for (CounterFamily family : CounterFamily.values()) {
            for (int partition = 0; partition < layout.partitions(); partition++) {
                for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                    deletions.add(unlinkSealed(
                            List.of(layout.generation(generation).watermark(family, partition, bucket)), 1));
                }
            }
        }
        return deletions.stream().mapToLong(CompletableFuture::join).sum();
    }

    /** @param first of the keys to delete, from 1; the first key is always the watermark */
    private CompletableFuture<Long> unlinkSealed(List<byte[]> keys, int first) {
        return UNLINK_SEALED
                .<Long>call(
                        redis.async(),
                        ScriptOutputType.INTEGER,
                        keys.toArray(byte[][]::new),
                        Integer.toString(first).getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture();
    }

    private static String escaped(String prefix) {
        return prefix.replaceAll("([*?\\[\\]\\\\^-])", "\\\\$1");
    }

    private static <T> T join(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
