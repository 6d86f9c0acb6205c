package spillway.chaos.reshard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import spillway.chaos.site.Wait;

/**
 * Sends the planned writes in an open loop: each when it is due, however slow the others are. After each standstill the rate
 * grows evenly to the full one, so that services that have just been started are compiled by then. Thread-safe.
 */
final class Traffic implements AutoCloseable {

    private static final long TICK_MILLIS = 5;
    private static final long MOMENT_MILLIS = 1_000;
    private static final int MOST_UNDER_WAY = 2_000;
    private static final double RAMP_NANOS = 10e9;

    private final WritePlan plan;
    private final Sending sending;
    private final Settling settling;
    private final Tally tally;
    private final Latencies latencies;
    private final double perNano;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("writes").factory());
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
        every(TICK_MILLIS, this::tick);
        every(MOMENT_MILLIS, latencies::mark);
    }

    private void every(long millis, Runnable work) {
        var unused = ticks.scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
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

    private synchronized void tick() {
        while (!held && dueAt(begun) <= System.nanoTime() - from) {
            long due = from + dueAt(begun);
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
        ticks.shutdownNow();
    }
}
