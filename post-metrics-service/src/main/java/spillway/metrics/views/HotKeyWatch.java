package spillway.metrics.views;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import spillway.platform.schedule.Ticker;

/** Looks at hot keys for as long as the service runs. */
final class HotKeyWatch implements SmartLifecycle {

    private final Ticker ticker;
    private volatile boolean running;

    HotKeyWatch(HotKeys keys, Duration every) {
        this.ticker = new Ticker("hot-keys", every, keys::turn);
    }

    @Override
    public void start() {
        running = true;
        ticker.start();
    }

    @Override
    public void stop() {
        running = false;
        ticker.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
