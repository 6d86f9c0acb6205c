package spillway.lab.shards;

import spillway.lab.shards.strategy.KeyLoads;
import spillway.lab.shards.strategy.Strategy;

/**
 * What moves when shards are added; shares are 0 to 1.
 *
 * @param from shards before
 * @param to shards after
 * @param keys share of the keys that move
 * @param writes share of the writes whose key moves
 * @param betweenOld share of the keys that move although their new shard was there before: moved for nothing
 */
record Movement(int from, int to, double keys, double writes, double betweenOld) {

    static Movement of(Strategy before, Strategy after, KeyLoads keys) {
        long moved = 0;
        long writes = 0;
        long betweenOld = 0;
        for (int place = 0; place < keys.size(); place++) {
            int next = after.shardOf(keys.key(place));
            if (next != before.shardOf(keys.key(place))) {
                moved++;
                writes += keys.writes(place);
                betweenOld += next < before.shards() ? 1 : 0;
            }
        }
        double all = keys.size();
        return new Movement(
                before.shards(), after.shards(), moved / all, writes / (double) keys.total(), betweenOld / all);
    }

    /** The new shards' part of all: less cannot move if they are to be as full as the others. */
    double ideal() {
        return 1 - from / (double) to;
    }
}
