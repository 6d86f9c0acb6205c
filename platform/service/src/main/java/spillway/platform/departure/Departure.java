package spillway.platform.departure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing to be stopped when a process ends: from then on each answer is the last of its connection, and after a
 * wait everything else stops. Thread-safe.
 *
 * <p>Readiness is down before: Boot says so when the context begins to close. The wait is for those who look at it to have
 * seen it, and for the connections in use to have had their last answer; requests are served as ever meanwhile. Without it,
 * a request that is sent on a kept connection at the very moment it is closed has an unknown outcome.
 */
public final class Departure implements SmartLifecycle {

    private final Duration notice;
    private volatile boolean running;
    private volatile boolean leaving;

    /** @param notice zero or more */
    public Departure(Duration notice) {
        this.notice = notice;
    }

    /** Whether an answer given now is to be the last of its connection. */
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public void start() {
        running = true;
        leaving = false;
    }

    @Override
    public void stop(Runnable stopped) {
        leaving = true;
        CompletableFuture.delayedExecutor(notice.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    running = false;
                    stopped.run();
                });
    }

    /** The context always stops with a callback. */
    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the consumers of the log and the web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
