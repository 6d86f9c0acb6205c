package spillway.metrics.views;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import spillway.platform.schedule.Ticker;

/** Looks at hot keys for as long as the service runs. */
final class HotKeyWatch implements SmartLifecycle {

    private final Ticker ticker;

    HotKeyWatch(HotKeys keys, Duration every) {
        this.ticker = new Ticker("hot-keys", every, keys::turn);
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
