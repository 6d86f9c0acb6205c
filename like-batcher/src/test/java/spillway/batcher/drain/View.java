package spillway.batcher.drain;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** The counts as Redis has them, and what Redis says about itself. */
final class View implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisCommands<byte[], byte[]> redis;
    private final CounterLayout layout;
    private final byte[][] watermarks;

    View(int port, CounterLayout layout) {
        this.layout = layout;
        this.client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withPassword(Rig.PASSWORD.toCharArray())
                .withTimeout(LONGEST)
                .build());
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        this.redis = connection.sync();
        this.watermarks = IntStream.range(0, layout.partitions())
                .boxed()
                .flatMap(partition -> IntStream.range(0, CounterLayout.BUCKETS)
                        .mapToObj(bucket -> layout.watermark(CounterFamily.LIKES, partition, bucket)))
                .toArray(byte[][]::new);
    }

    /** Records that every bucket has passed. */
    long applied() {
        List<Long> offsets = redis.mget(watermarks).stream()
                .map(found -> Watermark.parse(found.getValueOrElse(null)).offset())
                .toList();
        long applied = 0;
        for (int first = 0; first < offsets.size(); first += CounterLayout.BUCKETS) {
            applied += 1
                    + offsets.subList(first, first + CounterLayout.BUCKETS).stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElseThrow();
        }
        return applied;
    }

    Map<Long, Long> counts() {
        Map<Long, Long> counts = new HashMap<>();
        for (int partition = 0; partition < layout.partitions(); partition++) {
            for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                redis.hgetall(layout.counts(CounterFamily.LIKES, partition, bucket))
                        .forEach((post, count) -> counts.merge(number(post), number(count), Long::sum));
            }
        }
        return counts;
    }

    /** Deletes everything in one command: a batcher that sees half of it gone would count what is left again. */
    void forget() {
        redis.flushall();
    }

    void resetStatistics() {
        redis.configResetstat();
    }

    double usedMemory() {
        return info("memory", "used_memory:(\\d+)");
    }

    double calls(String command) {
        return info("commandstats", "cmdstat_" + command + ":calls=(\\d+)");
    }

    double micros(String command) {
        return info("commandstats", "cmdstat_" + command + ":calls=\\d+,usec=(\\d+)");
    }

    private double info(String section, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(redis.info(section));
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
