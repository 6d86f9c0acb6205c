package spillway.content.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import spillway.content.reshard.SimShard.Event;

/** Sends a shard's events, some at a time, each at least once. */
final class SimRelay implements Baton.Actor {

    private static final int CHUNK = 3;

    private final Simulation world;
    private final SimShard shard;
    private final int rest;
    private final List<Map.Entry<Long, Event>> taken = new ArrayList<>();
    private int sent;

    SimRelay(Simulation world, SimShard shard, int rest) {
        this.rest = rest;
        this.world = world;
        this.shard = shard;
    }

    @Override
    public void act() {
        if (taken.isEmpty()) {
            if (!world.chance(rest)) {
                return;
            }
            sent = 0;
            shard.outbox.entrySet().stream()
                    .limit(CHUNK)
                    .forEach(event -> taken.add(Map.entry(event.getKey(), event.getValue())));
        } else if (sent < taken.size()) {
            world.sent(taken.get(sent).getValue());
            sent++;
        } else {
            if (!world.chance(10)) {
                taken.forEach(event -> shard.outbox.remove(event.getKey()));
            }
            taken.clear();
        }
    }
}
