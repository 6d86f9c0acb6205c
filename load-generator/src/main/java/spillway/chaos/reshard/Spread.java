package spillway.chaos.reshard;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import spillway.lab.reshard.Stage;

/**
 * Spreads kills over the stages that moves can be in: each has an equal share of those that are wanted. Thread-safe.
 *
 * <p>A kill that hits moves in several stages counts for each of them, so all can have had their share before as many were made
 * as are wanted. What is left then is due in the last stage.
 */
final class Spread {

    /** Old, mirror, backfill, verify, seal, new, finishing, rolling back. */
    private static final int KINDS = 8;

    private final int share;
    private final Map<Stage, Integer> byStage = new EnumMap<>(Stage.class);

    /** @param wanted kills in all */
    Spread(int wanted) {
        this.share = Math.ceilDiv(wanted, KINDS);
    }

    /**
     * Whether a kill is due while moves are in these stages.
     *
     * @param stages of all moves that are under way
     */
    synchronized boolean isDue(Set<Stage> stages) {
        return stages.contains(Stage.FINISHING)
                || stages.stream().anyMatch(stage -> byStage.getOrDefault(stage, 0) < share);
    }

    synchronized void struck(Set<Stage> stages) {
        stages.forEach(stage -> byStage.merge(stage, 1, Integer::sum));
    }

    synchronized Map<Stage, Integer> byStage() {
        return Map.copyOf(byStage);
    }
}
