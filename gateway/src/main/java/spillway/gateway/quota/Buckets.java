package spillway.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket per key, of a bounded number of keys. Thread-safe.
 *
 * <p>A bucket that has not been used for as long as it takes to fill is full, and is forgotten: a new one says the same.
 * Only past the bound are buckets forgotten that say more, and two things keep a flood of keys from being the way to a new
 * burst. The keys that stay are those that come most often, so that a flood of keys used once pushes out itself. And while
 * the bound is reached, a new bucket holds one second's requests, not a burst: being forgotten and coming back brings
 * nothing that a second of waiting would not.
 */
final class Buckets {

    private final Rate rate;
    private final int mostKeys;
    private final TimeMeter time;
    private final Cache<Long, Bucket> buckets;

    /** @param time monotonic */
    Buckets(Rate rate, int mostKeys, TimeMeter time) {
        this.rate = rate;
        this.mostKeys = mostKeys;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(mostKeys)
                .expireAfterAccess(rate.refill())
                .ticker(time::currentTimeNanos)
                // On the caller: what is over the bound does not wait for another thread to be removed.
                .executor(Runnable::run)
                .build();
    }

    Verdict take(long key) {
        return Verdict.of(bucket(key).tryConsumeAndReturnRemaining(1));
    }

    /** As {@link #take} where only the answer matters. */
    boolean admits(long key) {
        return bucket(key).tryConsume(1);
    }

    /** When a key that was refused may come again. */
    Verdict refusal(long key) {
        return new Verdict(
                false,
                0,
                bucket(key).estimateAbilityToConsume(1).getNanosToWaitForRefill(),
                rate.refill().toNanos());
    }

    /** Keys that are remembered, about. */
    long size() {
        return buckets.estimatedSize();
    }

    private Bucket bucket(long key) {
        return buckets.get(key, unknown -> bucket());
    }

    private Bucket bucket() {
        int first = buckets.estimatedSize() < mostKeys ? rate.burst() : rate.perSecond();
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst())
                        .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
                        .initialTokens(first))
                .withCustomTimePrecision(time)
                .build();
    }
}
