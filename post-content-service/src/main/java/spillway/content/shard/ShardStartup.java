package spillway.content.shard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/**
 * Migrates the catalog and every shard, then loads the shard map, before the web server takes requests (its phase is
 * later). Without the catalog there is no start; a shard that is missing harms only its own users, so the start goes on
 * and the shard is opened when it comes.
 */
final class ShardStartup implements SmartLifecycle {

    /** Before whatever uses the shards. */
    static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(ShardStartup.class);

    private final Catalog catalog;
    private final List<Shard> all;
    private final OwnerSearch search;
    private final Migrations migrations;
    private final int firstShards;
    private final Duration startTimeout;
    private final Duration reopenDelay;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile CountDownLatch mapLoaded = new CountDownLatch(0);

    ShardStartup(Catalog catalog, List<Shard> all, OwnerSearch search, Migrations migrations, Databases databases) {
        this.catalog = catalog;
        this.all = List.copyOf(all);
        this.search = search;
        this.migrations = migrations;
        this.firstShards = Math.min(databases.firstShards(), all.size());
        this.startTimeout = databases.startTimeout();
        this.reopenDelay = databases.reopenDelay();
    }

    @Override
    public void start() {
        migrations.requireLogin();
        stopped = new CountDownLatch(1);
        mapLoaded = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(all.size());
        for (Shard shard : all) {
            // Platform threads: virtual ones that wait for a class of Flyway to be initialized keep their carriers, and
            // on
            // two cores that left none for the one that held the lock which the initialization waited for.
            Thread.ofPlatform().daemon().name("open-shard-" + shard.number()).start(() -> keepOpening(shard, tried));
        }
        ShardMap map = loadMap();
        if (map.shardsNeeded() > all.size()) {
            throw new IllegalStateException("the shard map uses " + map.shardsNeeded() + " shards, but "
                    + "spillway.content.shard-urls names only " + all.size());
        }
        search.use(map);
        mapLoaded.countDown();
        await(tried, startTimeout);
    }

    private ShardMap loadMap() {
        long giveUp = System.nanoTime() + startTimeout.toNanos();
        while (true) {
            try {
                migrations.run(catalog.url(), Migrations.CATALOG);
                return catalog.loadOrSeed(firstShards);
            } catch (FlywayException | DataAccessException e) {
                // A wrong password does not become right by waiting.
                if (!Unreachable.isCauseOf(e) || System.nanoTime() > giveUp || await(stopped, reopenDelay)) {
                    throw new IllegalStateException("the catalog at " + catalog.url() + " cannot be used", e);
                }
                LOG.warn("Waiting for the catalog: {}", reason(e));
            }
        }
    }

    private void keepOpening(Shard shard, CountDownLatch tried) {
        do {
            try {
                migrations.run(shard.url(), Migrations.SHARD);
                claim(shard);
                shard.open();
                LOG.info("Shard {} is open", shard.number());
            } catch (RuntimeException e) {
                // The thread's boundary: whatever is wrong with this shard, the others serve.
                LOG.warn("Shard {} cannot be opened yet: {}", shard.number(), reason(e));
            }
            tried.countDown();
        } while (!shard.isOpen() && !await(stopped, reopenDelay));
    }

    /** The map is asked for anew: a shard that comes late claims what is its own by then. */
    private void claim(Shard shard) {
        if (!await(mapLoaded, startTimeout)) {
            throw new IllegalStateException("there is no shard map yet");
        }
        new Ownership(migrations.dataSource(shard.url()))
                .claim(shard.number(), catalog.load().slotsOf(shard.number()));
    }

    /** Whether the latch opened in time. An interrupt counts as open: it only comes when the service ends. */
    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static @Nullable String reason(Exception e) {
        return NestedExceptionUtils.getMostSpecificCause(e).getMessage();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
