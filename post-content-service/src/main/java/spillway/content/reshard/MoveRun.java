package spillway.content.reshard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A move's two threads: one goes from step to step, one mirrors. */
final class MoveRun {

    private static final Logger LOG = LoggerFactory.getLogger(MoveRun.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    /** What was in the way of a step mostly goes by at once. */
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);

    /** So often, and then this is a move that waits for somebody: each look costs the catalog two questions. */
    private static final int STEPS_IN_VAIN = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration REPORTS = Duration.ofSeconds(1);

    private final Move move;
    private final Mover mover;
    private final Semaphore turns;
    private final Throttle throttle;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread steps;
    private final Thread mirroring;
    private long reported = System.nanoTime() - REPORTS.toNanos();

    /**
     * @param turns as many as there may be steps of moves at a time
     * @param throttle of this move's steps
     */
    MoveRun(Move move, Mover mover, Applier applier, Semaphore turns, Throttle throttle, Duration rest) {
        this.move = move;
        this.mover = mover;
        this.turns = turns;
        this.throttle = throttle;
        this.steps = Thread.ofPlatform()
                .daemon()
                .name("move-" + move.id())
                .unstarted(() -> repeat(
                        "goes on", this::step, inVain -> inVain < STEPS_IN_VAIN ? BETWEEN_STEPS : BETWEEN_LOOKS));
        this.mirroring = Thread.ofPlatform()
                .daemon()
                .name("mirror-" + move.id())
                .unstarted(() -> repeat("is mirrored", applier::round, inVain -> rest));
    }

    void start() {
        steps.start();
        mirroring.start();
    }

    private boolean step() {
        turns.acquireUninterruptibly();
        boolean more;
        try {
            throttle.begin();
            more = mover.step();
            throttle.pause();
        } finally {
            turns.release();
        }
        long now = System.nanoTime();
        if (now - reported >= REPORTS.toNanos()) {
            reported = now;
            mover.report();
        }
        return more;
    }

    /** @param rest how long after so many times, in a row, that there was nothing to do, from 1 */
    private void repeat(String what, BooleanSupplier work, IntFunction<Duration> rest) {
        boolean failing = false;
        int inVain = 0;
        while (stopped.getCount() > 0) {
            Duration pause;
            try {
                inVain = work.getAsBoolean() ? 0 : inVain + 1;
                pause = inVain == 0 ? Duration.ZERO : rest.apply(inVain);
                if (failing) {
                    LOG.info("Move {} {} again", move.id(), what);
                }
                failing = false;
            } catch (RuntimeException e) {
                // The thread's boundary: a shard or the catalog is away, and it is tried for as long as it takes.
                if (!failing) {
                    LOG.warn("Move {} waits", move.id(), e);
                }
                failing = true;
                pause = AFTER_FAILURE;
            }
            if (pause.isPositive() && isStoppedWithin(pause)) {
                return;
            }
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Returns when neither thread does anything more, or after the time given. */
    void stop(Duration atMost) throws InterruptedException {
        stopped.countDown();
        steps.join(atMost);
        mirroring.join(atMost);
    }
}
