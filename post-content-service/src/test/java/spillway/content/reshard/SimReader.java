package spillway.content.reshard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.content.reshard.SimShard.Row;
import spillway.content.reshard.SimShard.RowId;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** Reads all that was acknowledged in a slot before. */
final class SimReader extends SimClient {

    private enum At {
        IDLE,
        BEGIN,
        READ,
        CHECK
    }

    private At at = At.IDLE;
    private Slot slot = new Slot(0);
    private Map<RowId, Row> expected = Map.of();
    private final Map<RowId, @Nullable Row> found = new LinkedHashMap<>();

    SimReader(Simulation world) {
        super(world);
    }

    @Override
    int stands() {
        return at == At.CHECK ? 5 : 100;
    }

    @Override
    boolean isIdle() {
        return at == At.IDLE;
    }

    @Override
    void next() {
        switch (at) {
            case IDLE -> {
                if (world.isBusy() && world.chance(12)) {
                    begin();
                    slot = world.anySlot();
                    expected = world.truth(slot);
                    at = At.BEGIN;
                }
            }
            case BEGIN -> {
                open(slot);
                at = At.READ;
            }
            case READ -> {
                found.clear();
                for (RowId id : expected.keySet()) {
                    found.put(id, shard.row(id));
                }
                at = At.CHECK;
            }
            case CHECK -> {
                Standing standing = shard.standing(slot);
                if (wasOwned(standing) || shard.mutant == Mutant.READS_DO_NOT_CHECK) {
                    close();
                    check();
                    at = At.IDLE;
                } else {
                    follow(slot, standing);
                    at = At.BEGIN;
                }
            }
        }
    }

    private void check() {
        List<RowId> stale = new ArrayList<>();
        expected.forEach((id, row) -> {
            Row read = found.get(id);
            boolean fits = row.deleted()
                    ? read == null || read.deleted()
                    : read != null
                            && read.version() >= row.version()
                            && read.equals(world.row(id, read.version(), read.deleted()));
            if (!fits) {
                stale.add(id);
            }
        });
        if (!stale.isEmpty()) {
            throw new Violation("shard " + shard.number + " showed old or no or wrong rows: " + stale);
        }
    }
}
