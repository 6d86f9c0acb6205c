package spillway.lab.ladder;

import java.util.List;
import spillway.lab.stack.Part;
import spillway.lab.traffic.Pattern;

/**
 * One rung: a system and the techniques it uses.
 *
 * @param id short, for options and files
 * @param title for people
 * @param door where the traffic enters
 * @param path of likes, as the metrics service calls it
 * @param edge whether the gateway batches likes
 * @param shards how many shards the authors live on; 0 where there are none
 */
public record Rung(String id, String title, Part door, String path, boolean edge, int shards) {

    private static final int ALL = 8;

    public static final Rung MONOLITH = new Rung("monolith", "0 monolith", Part.MONOLITH, "", false, 0);
    public static final Rung DIRECT = new Rung("direct", "1 vertical split", Part.GATEWAY, "direct", false, ALL);
    public static final Rung SPLIT = new Rung("split", "2 + sub-keys", Part.GATEWAY, "split", false, ALL);
    public static final Rung BATCHED = new Rung("batched", "3 queue + batcher", Part.GATEWAY, "batched", false, ALL);
    public static final Rung EDGE = new Rung("edge", "4 + edge batching", Part.GATEWAY, "batched", true, ALL);
    public static final Rung ONE_SHARD = new Rung("1-shard", "1 one shard", Part.GATEWAY, "batched", false, 1);
    public static final Rung EIGHT_SHARDS = new Rung("8-shards", "2 eight shards", Part.GATEWAY, "batched", false, ALL);

    /** The rungs that a pattern climbs, from the lowest. */
    public static List<Rung> of(Pattern pattern) {
        return switch (pattern) {
            case HOT, ZIPF, SPREAD -> List.of(MONOLITH, DIRECT, SPLIT, BATCHED, EDGE);
            case POSTS -> List.of(MONOLITH, ONE_SHARD, EIGHT_SHARDS);
        };
    }
}
