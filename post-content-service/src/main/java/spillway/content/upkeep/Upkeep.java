package spillway.content.upkeep;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import spillway.content.shard.Shards;
import spillway.platform.schedule.Ticker;

/** Goes round all shards now and then, from the start on. What fails on one of them is tried again in the next round. */
final class Upkeep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** After the shards are open. */
    private static final int PHASE = 20;

    private final Shards shards;
    private final PostPartitions partitions;
    private final ExpiredKeys keys;
    private final Ticker ticker;
    private volatile boolean running;

    Upkeep(Shards shards, PostPartitions partitions, ExpiredKeys keys, Duration every) {
        this.shards = shards;
        this.partitions = partitions;
        this.keys = keys;
        this.ticker = new Ticker("upkeep", every, this::round);
    }

    private void round() {
        for (int shard : shards.all()) {
            attempt(shard, "partitions", partitions::add);
            attempt(shard, "old keys", keys::drop);
        }
    }

    private void attempt(int shard, String what, IntConsumer task) {
        if (!running) {
            return;
        }
        try {
            task.accept(shard);
        } catch (RuntimeException e) {
            // The others are served all the same.
            LOG.warn("Upkeep of shard {} failed, {}: {}", shard, what, e.toString());
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("upkeep-first").start(this::round);
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
