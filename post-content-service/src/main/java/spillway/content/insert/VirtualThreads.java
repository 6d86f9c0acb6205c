package spillway.content.insert;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A virtual thread per batch, and one thread that rings the alarms. */
final class VirtualThreads implements Scheduling, AutoCloseable {

    private final ThreadFactory threads = Thread.ofVirtual().name("insert-", 0).factory();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("insert-alarm").factory());

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void start(Runnable task) {
        threads.newThread(task).start();
    }

    @Override
    public void in(Duration delay, Runnable task) {
        var unused = alarms.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
