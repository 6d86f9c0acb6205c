package spillway.content.insert;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thread per batch under way, and one that rings the alarms.
 *
 * <p>Platform threads, which are as few as {@link InsertRules#maxInFlight} times the shards: a batch is five questions to
 * Postgres, one after the other, and each answer wakes a platform thread once, a virtual one by way of its poller and its
 * carrier.
 */
final class InsertThreads implements Scheduling, AutoCloseable {

    private final ExecutorService batches = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("insert-", 0).factory());
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("insert-alarm").factory());

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void start(Runnable task) {
        batches.execute(task);
    }

    @Override
    public void in(Duration delay, Runnable task) {
        var unused = alarms.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Batches under way come to their end. */
    @Override
    public void close() {
        alarms.shutdownNow();
        batches.shutdown();
    }
}
