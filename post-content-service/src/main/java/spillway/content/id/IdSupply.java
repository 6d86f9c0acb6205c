package spillway.content.id;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Keeps {@link PostIds} supplied with reserved time: some seconds ahead, renewed well before they are over, so that a
 * catalog away for a moment stops no writes.
 *
 * <p>When an extension's answer is lost, the range in hand stays good to its known end. The next extension then fails,
 * because the catalog knows a later end, and another node is taken: a lost answer wastes a node's time, never an id.
 */
final class IdSupply implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IdSupply.class);

    private final PostIds ids;
    private final IdNodes nodes;
    private final InstantSource clock;
    private final Duration ahead;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private @Nullable IdRange range;

    /**
     * @param ahead how much time is reserved; a crashed instance's node is free again after it, and writes outlive a missing
     *     catalog for about two thirds of it
     */
    IdSupply(PostIds ids, IdNodes nodes, InstantSource clock, Duration ahead) {
        this.ids = ids;
        this.nodes = nodes;
        this.clock = clock;
        this.ahead = ahead;
    }

    /** One round: extends the range in hand or takes another. */
    synchronized void renew() {
        try {
            long now = PostIds.millis(clock);
            long until = now + ahead.toMillis();
            IdRange own = range;
            if (own != null) {
                own = nodes.extend(own, Math.max(own.until(), until)).orElse(null);
            }
            if (own == null) {
                own = nodes.take(now, until).orElse(null);
                LOG.info("Ids are made as node {}", own == null ? "none: all are reserved" : own.node());
            }
            range = own;
            ids.use(own);
        } catch (DataAccessException e) {
            LOG.warn("No time for ids could be reserved", e);
        }
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopped = end;
        renew();
        Thread.ofVirtual().name("id-supply").start(() -> {
            while (!ended(end)) {
                renew();
            }
        });
    }

    private boolean ended(CountDownLatch end) {
        try {
            return end.await(ahead.toMillis() / 3, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** After the catalog is migrated. */
    @Override
    public int getPhase() {
        return 10;
    }
}
