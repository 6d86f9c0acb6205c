package spillway.batcher.rebuild;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import spillway.batcher.redis.Handover;
import spillway.platform.counters.Generations;
import spillway.platform.counters.Generations.Step;

/** Every batcher finishes the handover of a rebuild that died on the way (invariant I7). */
final class FinishHandover implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FinishHandover.class);
    private static final long EVERY_MILLIS = 2_000;

    private final Handover handover;
    private @Nullable ScheduledExecutorService clock;

    FinishHandover(Handover handover) {
        this.handover = handover;
    }

    @Override
    public synchronized void start() {
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("finish-handover").factory());
        var unused = clock.scheduleWithFixedDelay(this::turn, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The thread's boundary: a schedule drops a task that throws. */
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
        } catch (RuntimeException e) {
            LOG.error("A turn failed", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (clock != null) {
            clock.shutdown();
            clock = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return clock != null;
    }
}
