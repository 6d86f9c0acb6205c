package spillway.content.reshard;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.content.reshard.SimCatalog.Place;
import spillway.content.reshard.SimShard.Session;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** What reads and writes have in common: they go where they believe the slot is, and follow it. */
abstract class SimClient implements Baton.Actor {

    /** Words of a shard that it is not the owner, in one piece of work. */
    private static final int ENOUGH = 8;

    final Simulation world;
    private final Map<Slot, Place> routes = new HashMap<>();
    private long since;
    private int redirects;
    private long waitsUntil;

    @Nullable Session session;

    SimShard shard;

    SimClient(Simulation world) {
        this.world = world;
        this.shard = world.shard(0);
    }

    @Override
    public void act() {
        if (world.now() < waitsUntil && world.isBusy()) {
            return;
        }
        if (session != null && world.chance(stands())) {
            // Its thread, or the whole instance, stands still.
            waitsUntil = world.now() + world.some(1_500);
            return;
        }
        next();
    }

    /** It stands still before one in so many statements of a transaction. */
    abstract int stands();

    /** Does the next statement. */
    abstract void next();

    private Place route(Slot slot) {
        return routes.computeIfAbsent(slot, world.catalog()::place);
    }

    Session open(Slot slot) {
        shard = world.shard(route(slot).shard());
        since = route(slot).epoch();
        Session opened = shard.open();
        session = opened;
        return opened;
    }

    boolean isOwned(@Nullable Standing standing) {
        return standing != null && standing.state().isOwned();
    }

    /**
     * Whether the shard was the owner already when what the slot holds was read: it was so before this client heard of it,
     * hence before it came. A shard that has become the owner since may have been behind.
     */
    boolean wasOwned(@Nullable Standing standing) {
        return standing != null
                && standing.state().isOwned()
                && (standing.epoch() <= since || shard.mutant == Mutant.READS_CHECK_THE_STATE_ONLY);
    }

    /** Nothing was done; the next attempt goes elsewhere, or here again. */
    void follow(Slot slot, @Nullable Standing standing) {
        close();
        if (++redirects > ENOUGH) {
            throw new Violation("no owner of slot " + slot + " to be found");
        }
        Place route = route(slot);
        if (standing != null && route.epoch() > standing.epoch()) {
            // Somebody heard that this shard has the slot, and did not live to tell it.
            if (route.shard() == shard.number) {
                shard.takeOver(slot, route.epoch());
            }
        } else if (standing != null) {
            Integer peer = standing.peer();
            int owner = isOwned(standing) || peer == null ? shard.number : peer;
            routes.put(slot, new Place(owner, standing.epoch()));
            if (!world.chance(5)) {
                world.shard(owner).takeOver(slot, standing.epoch());
            }
        }
        Place told = world.catalog().place(slot);
        if (told.epoch() > route(slot).epoch()) {
            routes.put(slot, told);
        }
    }

    void close() {
        Session open = session;
        if (open != null && open.alive) {
            open.end();
        }
        session = null;
    }

    void begin() {
        redirects = 0;
        if (world.chance(4)) {
            // An instance that has heard of nothing yet.
            world.slots().forEach(slot -> routes.put(slot, new Place(0, 1)));
        }
    }

    abstract boolean isIdle();
}
