package spillway.lab.ladder;

import java.util.List;
import spillway.lab.estimate.Design;
import spillway.lab.estimate.Inserts;
import spillway.lab.stack.Part;
import spillway.lab.traffic.Pattern;

/**
 * One rung: a system and the techniques it uses.
 *
 * @param id short, for options and files
 * @param title for people
 * @param design what it is built of
 * @param shards how many shards the authors live on; 0 where there are none
 * @param inserts how new posts are written
 */
public record Rung(String id, String title, Design design, int shards, Inserts inserts) {

    private static final int ALL = 8;

    public static final Rung MONOLITH = new Rung("monolith", "0 monolith", Design.MONOLITH, 0, Inserts.ALONE);
    public static final Rung DIRECT = new Rung("direct", "1 vertical split", Design.DIRECT, ALL, Inserts.TOGETHER);
    public static final Rung SPLIT = new Rung("split", "2 + sub-keys", Design.SPLIT, ALL, Inserts.TOGETHER);
    public static final Rung BATCHED = new Rung("batched", "3 queue + batcher", Design.BATCHED, ALL, Inserts.TOGETHER);
    public static final Rung EDGE = new Rung("edge", "4 + edge batching", Design.EDGE, ALL, Inserts.TOGETHER);
    public static final Rung EIGHT_SHARDS = new Rung("8-shards", "1 eight shards", Design.BATCHED, ALL, Inserts.ALONE);
    public static final Rung INSERTS = new Rung("inserts", "2 + insert batcher", Design.BATCHED, ALL, Inserts.TOGETHER);
    public static final Rung ONE_SHARD =
            new Rung("1-shard", "3 on one shard", Design.BATCHED, 1, Inserts.TOGETHER_ON_ONE_SHARD);

    /** No system at all behind the gateway: by what it carries then, the highest rung is judged. */
    public static final Rung DOOR = new Rung("door", "the gateway alone", Design.EDGE, ALL, Inserts.TOGETHER);

    /** Where the traffic enters. */
    Part door() {
        return design == Design.MONOLITH ? Part.MONOLITH : Part.GATEWAY;
    }

    /** The path of likes, as the metrics service calls it; the monolith has none. */
    String path() {
        return switch (design) {
            case MONOLITH -> "";
            case DIRECT -> "direct";
            case SPLIT -> "split";
            case BATCHED, EDGE -> "batched";
        };
    }

    /** The path of new posts, as the content service calls it. */
    String insertPath() {
        return inserts == Inserts.ALONE ? "single" : "batched";
    }

    /** Whether the gateway batches likes. */
    boolean edge() {
        return design == Design.EDGE;
    }

    /** The rungs that a pattern climbs, from the lowest. */
    public static List<Rung> of(Pattern pattern) {
        return switch (pattern) {
            case HOT, ZIPF, SPREAD -> List.of(MONOLITH, DIRECT, SPLIT, BATCHED, EDGE);
            case POSTS -> List.of(MONOLITH, EIGHT_SHARDS, INSERTS, ONE_SHARD);
            case KNOCKS -> List.of(DOOR);
        };
    }
}
