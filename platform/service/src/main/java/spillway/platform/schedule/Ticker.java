package spillway.platform.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing over and over on a thread of its own, which survives whatever a turn throws. */
public final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final String name;
    private final Duration pause;
    private final Runnable turn;
    private @Nullable ScheduledExecutorService clock;
    private @Nullable ScheduledFuture<?> turns;

    /** @param pause from the end of a turn to the start of the next */
    public Ticker(String name, Duration pause, Runnable turn) {
        this.name = name;
        this.pause = pause;
        this.turn = turn;
    }

    /** Also after a stop. */
    public synchronized void start() {
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        turns = clock.scheduleWithFixedDelay(this::take, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends after the turn under way; returns without waiting for it. */
    public synchronized void stop() {
        if (turns != null) {
            turns.cancel(false);
            turns = null;
        }
        if (clock != null) {
            clock.shutdown();
            clock = null;
        }
    }

    /** From a start until the stop after it. */
    public synchronized boolean isRunning() {
        return clock != null;
    }

    /** The thread's boundary: a schedule drops a task that throws, so nothing may get past here. */
    private void take() {
        try {
            turn.run();
        } catch (RuntimeException e) {
            LOG.error("A turn of {} failed", name, e);
        }
    }
}
