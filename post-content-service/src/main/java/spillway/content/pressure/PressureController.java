package spillway.content.pressure;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.content.insert.ShardBatches;
import spillway.content.shard.ShardPressure;

/**
 * What the gateway asks several times a second. Everything was measured before, so that asking costs nothing when there is
 * nothing to spare. It needs no token and tells of no user; the gateway does not lead here.
 */
@Hidden
@RestController
class PressureController {

    private final ShardPressure shards;
    private final List<ShardBatches<?, ?>> inserts;

    PressureController(ShardPressure shards, List<ShardBatches<?, ?>> inserts) {
        this.shards = shards;
        this.inserts = inserts;
    }

    @GetMapping("/pressure")
    Pressure pressure() {
        List<Integer> used = shards.shards();
        if (used.isEmpty()) {
            return new Pressure(null, null, null);
        }
        double away = used.stream().filter(shards::isAway).count();
        double waiting = used.stream().mapToDouble(this::waiting).average().orElse(0);
        return new Pressure(shards.commitMillis(), away / used.size(), waiting);
    }

    private double waiting(int shard) {
        double fullest =
                inserts.stream().mapToDouble(kind -> kind.fullness(shard)).max().orElse(0);
        return Math.max(shards.waiting(shard), fullest);
    }

    /**
     * Each null when it is not known.
     *
     * @param storeMillis what a commit takes at the shard in the middle
     * @param shardsAway share of the shards in use whose callers are refused, because the shard does not answer, 0 to 1
     * @param waiting how full a shard's waiting places are, for connections or for inserts, whichever is fuller; the mean of
     *     all shards, so that one that hangs is not taken for all, 0 to 1
     */
    record Pressure(
            @Nullable Double storeMillis,
            @Nullable Double shardsAway,
            @Nullable Double waiting) {}
}
