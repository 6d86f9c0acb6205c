package spillway.batcher.rebuild;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.CountersInUse;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Watermark;
import spillway.platform.testing.Servers;

/**
 * Reads a post that is only ever liked, as services do, through two instances in turn: neither its count nor a watermark that
 * receipts go by may ever be lower than any of them said before.
 */
final class RisingReads implements AutoCloseable {

    private final LettuceConnectionFactory factory;
    private final List<CountersInUse> instances;
    private final long post;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final long[] applied = new long[8];
    private volatile long highest;
    private int turn;

    RisingReads(Servers servers, CounterLayout layout, long post) {
        Servers.Redis at = servers.redis();
        RedisStandaloneConfiguration address = new RedisStandaloneConfiguration(at.host(), at.port());
        address.setPassword(at.password());
        factory = new LettuceConnectionFactory(address);
        factory.afterPropertiesSet();
        factory.start();
        RedisLink link = new RedisLink(factory);
        this.instances = List.of(new CountersInUse(link, layout), new CountersInUse(link, layout));
        this.post = post;
        Arrays.fill(applied, -1);
        var unused = clock.scheduleWithFixedDelay(this::read, 0, 1, TimeUnit.MILLISECONDS);
    }

    private record Seen(long count, List<Long> watermarks) {}

    private void read() {
        try {
            // One reads all the time; the other now and then, so that it remembers an old generation.
            Seen seen = instances.get(turn++ % 50 == 0 ? 1 : 0).read(this::ask).join();
            if (seen.count() < highest) {
                throw new AssertionError("the count went back from " + highest + " to " + seen.count());
            }
            highest = seen.count();
            for (int partition = 0; partition < applied.length; partition++) {
                if (seen.watermarks().get(partition) < applied[partition]) {
                    throw new AssertionError("watermark " + partition + " went back from " + applied[partition] + " to "
                            + seen.watermarks().get(partition));
                }
                applied[partition] = seen.watermarks().get(partition);
            }
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private CompletableFuture<Seen> ask(CounterLayout layout, Pipeline pipeline) {
        List<CompletableFuture<Long>> counts = new ArrayList<>();
        List<CompletableFuture<Long>> watermarks = new ArrayList<>();
        int bucket = CounterLayout.bucket(post);
        byte[] field = Long.toString(post).getBytes(StandardCharsets.UTF_8);
        for (int partition = 0; partition < layout.partitions(); partition++) {
            watermarks.add(pipeline.get(layout.watermark(CounterFamily.LIKES, partition, bucket))
                    .thenApply(stored -> Watermark.parse(stored).offset()));
            counts.add(pipeline.hmget(layout.counts(CounterFamily.LIKES, partition, bucket), field)
                    .thenApply(found -> {
                        byte[] count = found.getFirst();
                        return count == null ? 0 : Long.parseLong(new String(count, StandardCharsets.UTF_8));
                    }));
        }
        List<CompletableFuture<Long>> all = new ArrayList<>(counts);
        all.addAll(watermarks);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Seen(
                        counts.stream().mapToLong(CompletableFuture::join).sum(),
                        watermarks.stream().map(CompletableFuture::join).toList()));
    }

    long highest() {
        return highest;
    }

    /** @throws AssertionError when a read has gone back */
    void require() {
        Throwable found = failure.get();
        if (found != null) {
            throw new AssertionError("a read was wrong", found);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        factory.destroy();
    }
}
