package spillway.batcher.rebuild;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import spillway.batcher.redis.Handover;
import spillway.platform.counters.Generations;
import spillway.platform.counters.Generations.Step;
import spillway.platform.schedule.Ticker;

/** Every batcher finishes the handover of a rebuild that died on the way (invariant I7). */
final class FinishHandover implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FinishHandover.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Handover handover;
    private final Ticker ticker = new Ticker("finish-handover", EVERY, this::turn);

    FinishHandover(Handover handover) {
        this.handover = handover;
    }

    @Override
    public void start() {
        ticker.start();
    }

    private void turn() {
        try {
            Generations generations = handover.drive().toCompletableFuture().join();
            if (generations.step() == Step.HANDOVER) {
                LOG.info("Counters are being handed over: {}", generations);
                return;
            }
            int opened = handover.openAfterLoss().join();
            if (opened > 0) {
                LOG.warn("Opened {} buckets that Redis had kept sealed while it lost a handover", opened);
            }
        } catch (DataAccessException | CompletionException away) {
            LOG.debug("Cannot look after a handover: {}", away.toString());
        }
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
