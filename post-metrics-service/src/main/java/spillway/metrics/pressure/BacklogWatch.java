package spillway.metrics.pressure;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import spillway.metrics.counts.Backlog;
import spillway.metrics.engage.LogShape;
import spillway.platform.counters.CounterFamily;
import spillway.platform.schedule.Ticker;

/** Keeps an eye on the backlog of likes, also while none are let in: else nobody would notice that it is gone. */
final class BacklogWatch implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofMillis(200);

    private final Ticker ticker;

    /** @param log there is nothing to see before it is as agreed */
    BacklogWatch(Backlog backlog, LogShape log) {
        this.ticker = new Ticker("backlog-watch", EVERY, () -> {
            if (log.isConfirmed()) {
                backlog.look(CounterFamily.LIKES);
            }
        });
    }

    @Override
    public void start() {
        ticker.start();
    }

    @Override
    public void stop() {
        ticker.stop();
    }

    @Override
    public boolean isRunning() {
        return ticker.isRunning();
    }
}
