package spillway.content.shard;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import spillway.platform.id.Slot;

/** Finds the owner of a slot when the shard that was asked is not, and keeps the routes up to date. Thread-safe. */
final class OwnerSearch {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerSearch.class);
    private static final Duration PAUSE = Duration.ofMillis(3);

    private final Routes routes;
    private final CatalogMap catalog;
    private final Duration atMost;
    private volatile long seen;

    /** @param atMost longest search for one piece of work */
    OwnerSearch(Routes routes, CatalogMap catalog, Duration atMost) {
        this.routes = routes;
        this.catalog = catalog;
        this.atMost = atMost;
    }

    /** Where the map comes from. */
    interface CatalogMap {
        long epoch();

        ShardMap load();
    }

    Routes routes() {
        return routes;
    }

    Attempts begin(Slot slot) {
        return new Attempts(slot);
    }

    /** Asks the catalog, if it has something new to say. */
    void refreshWhenNewer() {
        try {
            if (catalog.epoch() != seen) {
                refresh();
            }
        } catch (DataAccessException e) {
            LOG.debug("The shard map's epoch cannot be read", e);
        }
    }

    /** Asks the catalog. Without it the shards' own words have to do. */
    void refresh() {
        try {
            use(catalog.load());
        } catch (DataAccessException e) {
            LOG.warn("The shard map cannot be read", e);
        }
    }

    void use(ShardMap map) {
        seen = map.epoch();
        if (routes.use(map)) {
            LOG.info(
                    "Shard map of epoch {} in use, {} shards",
                    map.epoch(),
                    routes.numbers().size());
        }
    }

    /** Whether the wait was not interrupted. */
    boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has a shard take a slot over that is its own since an epoch. */
    @FunctionalInterface
    interface TakeOver {
        void at(int shard, long epoch);
    }

    /** The search of one piece of work; belongs to one thread. */
    final class Attempts {

        private final Slot slot;
        private long end;

        private Attempts(Slot slot) {
            this.slot = slot;
        }

        /**
         * Takes in what a shard said that is not the owner.
         *
         * @param route by which that shard was taken for the owner
         * @param takeOver has a shard take the slot over, as nobody else may have come to it yet
         * @throws ShardUnavailable when the search has gone on for too long
         */
        void learn(SlotMoved moved, Routes.Route route, TakeOver takeOver) {
            long now = System.nanoTime();
            if (end == 0) {
                end = now + atMost.toNanos();
            } else if (now - end > 0 || !pause()) {
                throw new ShardUnavailable(moved.from(), moved);
            }
            Integer owner = moved.owner();
            if (moved.epoch() > 0 && route.epoch() > moved.epoch()) {
                // The old owner has told somebody who did not live to tell this one.
                takeOver.at(moved.from(), route.epoch());
            } else if (owner != null) {
                routes.learn(slot, owner, moved.epoch());
                if (owner != moved.from()) {
                    takeOver.at(owner, moved.epoch());
                }
            }
            if (routes.of(slot).equals(route)) {
                refresh();
            }
        }
    }
}
