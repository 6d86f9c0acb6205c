package spillway.metrics.receipt;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import spillway.platform.counters.CounterFamily;
import spillway.platform.schedule.Ticker;

/**
 * Requests that wait until their write is applied. One clock reads the watermark of each bucket that somebody waits for,
 * so a thousand waiters on a bucket cost what one does. Thread-safe.
 */
final class Waiters implements InitializingBean, DisposableBean {

    private record Bucket(CounterFamily family, int partition, int bucket) {}

    /** Identity decides: two requests may wait for the same offset. */
    private static final class Waiter {
        private final long offset;
        private final CompletableFuture<Boolean> applied = new CompletableFuture<>();

        Waiter(long offset) {
            this.offset = offset;
        }
    }

    private final Progress progress;
    private final ConcurrentMap<Bucket, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Ticker ticker;

    Waiters(Progress progress, Duration pollEvery) {
        this.progress = progress;
        this.ticker = new Ticker("receipt-waiters", pollEvery, this::poll);
    }

    /** Completes with true when the watermark has passed the write, with false when that took too long. */
    CompletableFuture<Boolean> await(Receipt receipt, Duration atMost) {
        Bucket bucket = new Bucket(receipt.family(), receipt.partition(), receipt.bucket());
        Waiter waiter = new Waiter(receipt.offset());
        waiting.compute(bucket, (key, waiters) -> {
            Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
        return waiter.applied
                .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((applied, failure) -> leave(bucket, waiter));
    }

    private void leave(Bucket bucket, Waiter waiter) {
        waiting.computeIfPresent(bucket, (key, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    private void poll() {
        for (Map.Entry<Bucket, Set<Waiter>> entry : waiting.entrySet()) {
            Bucket bucket = entry.getKey();
            Set<Waiter> waiters = entry.getValue();
            progress.applied(bucket.family(), bucket.partition(), bucket.bucket())
                    .whenComplete((applied, failure) -> {
                        // While Redis is away nobody is told anything; the next turn asks again.
                        if (failure == null) {
                            waiters.forEach(waiter -> {
                                if (waiter.offset <= applied) {
                                    waiter.applied.complete(true);
                                }
                            });
                        }
                    });
        }
    }

    @Override
    public void afterPropertiesSet() {
        ticker.start();
    }

    @Override
    public void destroy() {
        ticker.stop();
    }
}
