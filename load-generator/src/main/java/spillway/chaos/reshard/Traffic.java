package spillway.chaos.reshard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import spillway.chaos.site.Wait;

/**
 * Sends the planned writes in an open loop: each when it is due, however slow the others are. After each standstill the rate
 * grows evenly to the full one, so that services that have just been started are compiled by then. Thread-safe.
 */
final class Traffic implements AutoCloseable {

    private static final long MOMENT_MILLIS = 1_000;

    /** Between looks whether writes flow again. */
    private static final long LOOK_NANOS = 5_000_000;

    private static final int MOST_UNDER_WAY = 2_000;
    private static final double RAMP_NANOS = 10e9;

    private final WritePlan plan;
    private final Sending sending;
    private final Settling settling;
    private final Tally tally;
    private final Latencies latencies;
    private final double perNano;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final ScheduledExecutorService moments = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("moments").factory());
    private final Thread pacer = Thread.ofPlatform().daemon().name("writes").unstarted(this::pace);
    private volatile boolean held = true;
    private long from;
    private long begun;

    /** @param rate writes per second */
    Traffic(WritePlan plan, Sending sending, Settling settling, Tally tally, Latencies latencies, int rate) {
        this.plan = plan;
        this.sending = sending;
        this.settling = settling;
        this.tally = tally;
        this.latencies = latencies;
        this.perNano = rate / 1e9;
        var unused = moments.scheduleAtFixedRate(latencies::mark, MOMENT_MILLIS, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        pacer.start();
    }

    /** Wakes for each write. Ticks would add the same part of themselves to all latencies of a flow whose rate divides theirs. */
    private void pace() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(sendDue());
        }
    }

    /** Goes on, from now on. */
    void flow() {
        synchronized (this) {
            from = System.nanoTime();
            begun = 0;
        }
        held = false;
    }

    /** Begins nothing more; whether all that was under way was settled in the time given. */
    boolean hold(Duration limit) {
        held = true;
        return Wait.until(() -> underWay.availablePermits() == MOST_UNDER_WAY, limit);
    }

    /** Returns how long nothing more is due, in nanoseconds. */
    private synchronized long sendDue() {
        while (!held) {
            long due = from + dueAt(begun);
            long left = due - System.nanoTime();
            if (left > 0) {
                return Math.min(left, LOOK_NANOS);
            }
            begun++;
            if (!underWay.tryAcquire()) {
                tally.leftOut(1);
                continue;
            }
            Optional<Write> write = plan.next();
            if (write.isEmpty()) {
                tally.leftOut(1);
                underWay.release();
                continue;
            }
            Latencies.Part part = latencies.now();
            Thread.ofVirtual().start(() -> {
                try {
                    exchange(write.get(), part, due);
                } finally {
                    underWay.release();
                }
            });
        }
        return LOOK_NANOS;
    }

    /** From the start of the flow: by the ramp's integral, and where it has ended by the full rate. */
    private long dueAt(long number) {
        double ofTheRamp = perNano * RAMP_NANOS / 2;
        return (long)
                (number < ofTheRamp
                        ? Math.sqrt(2 * RAMP_NANOS * number / perNano)
                        : RAMP_NANOS + (number - ofTheRamp) / perNano);
    }

    private void exchange(Write write, Latencies.Part part, long due) {
        tally.sent();
        Answer answer = sending.send(write);
        long took = System.nanoTime() - due;
        if (settling.book(write, answer)) {
            latencies.record(part, took);
        }
    }

    @Override
    public void close() {
        moments.shutdownNow();
        pacer.interrupt();
    }
}
