package spillway.batcher.rebuild;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/**
 * Compares the counts of two generations, each page of posts at the same watermark: what differs there was counted wrongly,
 * whatever is being liked meanwhile. Used once.
 */
final class Comparison {

    private static final Script COMPARE = Script.resource(Comparison.class, "compare.lua");
    private static final int PAGE = 500;

    /** Times that a bucket may have moved on when it is looked at, before it is left out. */
    private static final int MOST_MISSES = 100;

    private static final long BETWEEN_MISSES_NANOS = 2_000_000;

    /** Past it a report names no more of them. */
    private static final int MOST_POSTS = 100_000;

    /** Brings the new generation's partition to where the old one's is. */
    @FunctionalInterface
    interface Chase {
        void run(CounterFamily family, int partition);
    }

    private final RedisLink redis;
    private final CounterLayout old;
    private final CounterLayout next;
    private final Chase chase;
    private final Map<CounterFamily, Map<Long, Long>> drift = new EnumMap<>(CounterFamily.class);
    private long compared;
    private int leftOut;

    Comparison(RedisLink redis, CounterLayout old, CounterLayout next, Chase chase) {
        this.redis = redis;
        this.old = old;
        this.next = next;
        this.chase = chase;
    }

    /** Compares all buckets of a partition. */
    void partition(CounterFamily family, int partition) {
        for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
            Map<Long, Long> differences = new HashMap<>();
            boolean whole = pages(family, partition, bucket, old, next, differences)
                    && pages(family, partition, bucket, next, old, differences);
            leftOut += whole ? 0 : 1;
            Map<Long, Long> ofFamily = drift.computeIfAbsent(family, absent -> new TreeMap<>());
            differences.forEach((post, by) -> {
                if (ofFamily.size() < MOST_POSTS || ofFamily.containsKey(post)) {
                    ofFamily.merge(post, by, Long::sum);
                }
            });
        }
    }

    /** False when the two did not stand still together long enough. */
    private boolean pages(
            CounterFamily family,
            int partition,
            int bucket,
            CounterLayout here,
            CounterLayout there,
            Map<Long, Long> differences) {
        byte[][] keys = {
            here.watermark(family, partition, bucket),
            here.counts(family, partition, bucket),
            there.watermark(family, partition, bucket),
            there.counts(family, partition, bucket)
        };
        String cursor = "0";
        int misses = 0;
        while (true) {
            List<Object> page = COMPARE.<List<Object>>call(
                            redis.async(), ScriptOutputType.MULTI, keys, bytes(cursor), bytes(Integer.toString(PAGE)))
                    .toCompletableFuture()
                    .join();
            if (page.size() == 1) {
                if (++misses > MOST_MISSES) {
                    return false;
                }
                if (misses > 1) {
                    LockSupport.parkNanos(BETWEEN_MISSES_NANOS);
                }
                chase.run(family, partition);
                continue;
            }
            take(page, here.equals(old), differences);
            cursor = text(page.get(1));
            if (cursor.equals("0")) {
                return true;
            }
        }
    }

    private void take(List<Object> page, boolean oldIsHere, Map<Long, Long> differences) {
        compared += oldIsHere ? Long.parseLong(text(page.get(2))) : 0;
        for (int i = 3; i < page.size(); i += 3) {
            long there = Long.parseLong(text(page.get(i + 2)));
            long here = Long.parseLong(text(page.get(i + 1)));
            differences.put(Long.valueOf(text(page.get(i))), oldIsHere ? there - here : here - there);
        }
    }

    /** Counts of one post in one partition that were looked at. */
    long compared() {
        return compared;
    }

    /** Buckets that could not be compared. */
    int leftOut() {
        return leftOut;
    }

    /** Per family and post, by how much the new count is higher. */
    Map<CounterFamily, Map<Long, Long>> drift() {
        return drift;
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
