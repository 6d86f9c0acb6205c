package spillway.content.shard;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.content.shard.Breaker.Finding;
import spillway.content.shard.Breaker.Pass;

/**
 * One database of posts with its own pool, so that a stopped one costs nothing of the others (invariant I8). It gives
 * connections once its tables are there. Callers wait for one for a bounded time and in a bounded number; while the
 * database hangs or cannot be reached they fail at once, by its {@link Breaker}. Thread-safe.
 *
 * <p>A caller that held or awaited a connection for {@code patience} without a word from the database found it hung. So
 * callers of a shard that is only busy do not open the breaker, as long as some of them are served.
 */
final class Shard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    private final int number;
    private final String url;
    private final HikariDataSource pool;
    private final Breaker breaker;
    private final Semaphore waiting;
    private final int mostWaiting;
    private final long patienceMillis;
    private final InstantSource clock;
    private final ShardMeters meters;
    private volatile boolean open;

    Shard(
            int number,
            String url,
            HikariDataSource pool,
            BreakerRules rules,
            InstantSource clock,
            MeterRegistry meters) {
        this.number = number;
        this.url = url;
        this.pool = pool;
        this.breaker = new Breaker(clock, rules.hangs(), rules.pause());
        this.mostWaiting = rules.maxWaiting();
        this.waiting = new Semaphore(mostWaiting);
        this.patienceMillis = rules.patience().toMillis();
        this.clock = clock;
        this.meters = new ShardMeters(number, breaker, meters);
    }

    int number() {
        return number;
    }

    String url() {
        return url;
    }

    /** Its tables have the form this version of the service needs. */
    void open() {
        open = true;
    }

    /** Whether callers are refused without asking the database. */
    boolean isAway() {
        return !open || !breaker.isClosed();
    }

    /** Callers that wait for a connection, as a share of those that may. */
    double waiting() {
        return 1 - (double) waiting.availablePermits() / mostWaiting;
    }

    boolean isOpen() {
        return open;
    }

    Connection connection() throws SQLException {
        Pass pass = open ? breaker.enter() : null;
        if (pass == null) {
            meters.refusedWhileAway();
            throw new SQLTransientConnectionException("shard " + number + " cannot be reached", "08001");
        }
        if (!waiting.tryAcquire()) {
            tell(pass, Finding.NOTHING);
            meters.refusedWhileFull();
            throw new SQLTransientConnectionException("too many wait for shard " + number, "53300");
        }
        long began = clock.millis();
        try {
            Connection connection = pool.getConnection();
            long given = clock.millis();
            return WatchedConnection.of(connection, broken -> tell(pass, afterUse(given, broken)));
        } catch (SQLException none) {
            tell(pass, withoutConnection(began, none));
            throw none;
        } finally {
            waiting.release();
        }
    }

    /** Long use of a connection says little: whoever had it may have waited for something else, such as Kafka. */
    private Finding afterUse(long given, boolean broken) {
        boolean isLong = clock.millis() - given >= patienceMillis;
        if (broken) {
            return isLong ? Finding.HUNG : Finding.NOTHING;
        }
        return isLong ? Finding.SLOW : Finding.SERVED;
    }

    /** A pool that has no connection at all cannot make any; one that has some is busy, or they all hang. */
    private Finding withoutConnection(long began, SQLException none) {
        if (none instanceof SQLTransientConnectionException
                && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            return Finding.UNREACHABLE;
        }
        return clock.millis() - began >= patienceMillis ? Finding.HUNG : Finding.NOTHING;
    }

    private void tell(Pass pass, Finding finding) {
        switch (breaker.found(pass, finding)) {
            case OPENED -> {
                meters.opened();
                LOG.warn("Shard {} does not answer ({}): its callers are refused", number, finding);
            }
            case CLOSED -> LOG.info("Shard {} is back", number);
            case NONE -> {}
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
