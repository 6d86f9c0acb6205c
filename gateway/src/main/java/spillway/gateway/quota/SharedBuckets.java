package spillway.gateway.quota;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The buckets that several gateways share, in Redis. Thread-safe.
 *
 * <p>A quota protects; it must not be what fails. While Redis is away or slow, the gateway's own bucket decides, which a
 * request has passed before it comes here; and after a failure Redis is left alone for a pause, so that requests do not
 * wait for it one by one.
 */
final class SharedBuckets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);

    /** Commands that wait for Redis; past it they fail at once. */
    private static final int MOST_WAITING = 1_000;

    private static final int MOST_TRIES = 3;

    private final SharedRules rules;
    private final LongSupplier nanos;
    private final RedisClient client;
    private final Map<Group, CompletableFuture<BucketConfiguration>> buckets = new EnumMap<>(Group.class);
    private final AtomicReference<@Nullable CompletableFuture<AsyncProxyManager<byte[]>>> redis =
            new AtomicReference<>();
    private volatile long silentUntil;

    /** @param nanos as {@link System#nanoTime} */
    SharedBuckets(SharedRules rules, Map<Group, Rate> rates, LongSupplier nanos) {
        this.rules = rules;
        this.nanos = nanos;
        this.silentUntil = nanos.getAsLong();
        rates.forEach((group, rate) -> buckets.put(
                group,
                CompletableFuture.completedFuture(BucketConfiguration.builder()
                        .addLimit(limit ->
                                limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
                        .build())));
        client = RedisClient.create(RedisURI.create(rules.url()));
        client.setOptions(ClientOptions.builder()
                .requestQueueSize(MOST_WAITING)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
    }

    /** @param own what the gateway's own bucket says, which holds when Redis says nothing in time */
    Mono<Verdict> take(Group group, long user, Verdict own) {
        if (nanos.getAsLong() - silentUntil < 0) {
            return Mono.just(own);
        }
        byte[] key = (rules.prefix() + group.tag() + ":" + user).getBytes(StandardCharsets.US_ASCII);
        return Mono.fromFuture(() -> connected()
                        .thenCompose(proxies -> proxies.builder()
                                .build(key, () -> requireNonNull(buckets.get(group)))
                                .tryConsumeAndReturnRemaining(1)))
                .map(Verdict::of)
                .timeout(rules.timeout())
                .onErrorResume(thrown -> {
                    fallSilent(thrown);
                    return Mono.just(own);
                });
    }

    private void fallSilent(Throwable thrown) {
        long now = nanos.getAsLong();
        if (now - silentUntil >= 0) {
            LOG.warn("Each gateway counts by itself for {}: {}", rules.pause(), thrown.toString());
        }
        silentUntil = now + rules.pause().toNanos();
    }

    private CompletableFuture<AsyncProxyManager<byte[]>> connected() {
        CompletableFuture<AsyncProxyManager<byte[]>> known = redis.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<AsyncProxyManager<byte[]>> next = new CompletableFuture<>();
        if (!redis.compareAndSet(known, next)) {
            return connected();
        }
        var unused = client.connectAsync(ByteArrayCodec.INSTANCE, RedisURI.create(rules.url()))
                .whenComplete((connection, failure) -> {
                    if (failure == null) {
                        next.complete(proxies(connection));
                    } else {
                        next.completeExceptionally(failure);
                    }
                });
        return next;
    }

    private AsyncProxyManager<byte[]> proxies(StatefulRedisConnection<byte[], byte[]> connection) {
        return Bucket4jLettuce.casBasedBuilder(connection)
                .requestTimeout(rules.timeout())
                .maxRetries(MOST_TRIES)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .build()
                .asAsync();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
