package spillway.content.outbox;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One bell per shard, from those who write events to the one who sends them. Thread-safe. */
final class Bells {

    private final ConcurrentMap<Integer, Semaphore> bells = new ConcurrentHashMap<>();

    /** Never blocks; rings before the sender listens again are one ring. */
    void ring(int shard) {
        Semaphore bell = bell(shard);
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Returns when the bell has rung since the last call, or after the time given. */
    void listen(int shard, Duration atMost) throws InterruptedException {
        if (bell(shard).tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            bell(shard).drainPermits();
        }
    }

    private Semaphore bell(int shard) {
        return bells.computeIfAbsent(shard, number -> new Semaphore(0));
    }
}
