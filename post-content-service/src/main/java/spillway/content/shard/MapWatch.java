package spillway.content.shard;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import spillway.platform.schedule.Ticker;

/** Looks for a newer shard map now and then, so that few requests meet a shard that is not the owner any more. */
final class MapWatch implements SmartLifecycle {

    private final Ticker ticker;

    MapWatch(OwnerSearch search) {
        this.ticker = new Ticker("shard-map", Duration.ofMillis(500), search::refreshWhenNewer);
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

    /** After the map is loaded for the first time. */
    @Override
    public int getPhase() {
        return ShardStartup.PHASE + 1;
    }
}
