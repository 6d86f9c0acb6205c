package spillway.lab.reshard;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Who owns what, as the shards say.
 *
 * @param epoch version of the map that routers have
 */
record ShardSlots(long epoch, List<Shard> shards) {

    private static final int RANGES = 56;

    /**
     * One shard.
     *
     * @param slots ranges such as {@code 0-255,512-600}
     */
    record Shard(int number, String slots, int count, boolean reachable) {}

    ShardSlots {
        shards = List.copyOf(shards);
    }

    static ShardSlots of(JsonNode node) {
        List<Shard> shards = new ArrayList<>();
        for (JsonNode shard : node.path("shards")) {
            shards.add(new Shard(
                    shard.path("shard").asInt(0),
                    shard.path("slots").asString(""),
                    shard.path("count").asInt(0),
                    shard.path("reachable").asBoolean(true)));
        }
        return new ShardSlots(node.path("epoch").asLong(0), shards);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("shard map of epoch " + epoch);
        lines.add("shard  count  slots");
        for (Shard shard : shards) {
            String ranges = shard.slots().length() <= RANGES
                    ? shard.slots()
                    : shard.slots().substring(0, RANGES - 1) + "…";
            lines.add("%5d %6d  %s%s"
                    .formatted(
                            shard.number(),
                            shard.count(),
                            shard.count() == 0 ? "none" : ranges,
                            shard.reachable() ? "" : "  not reachable"));
        }
        return lines;
    }
}
