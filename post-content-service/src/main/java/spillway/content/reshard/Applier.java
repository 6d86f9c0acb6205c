package spillway.content.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;
import spillway.content.reshard.Side.Changes;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/**
 * Mirrors what is written in the slots of one move, each slot from its owner of the moment to the other shard: while groups
 * are handed over, some go one way and some the other.
 *
 * <p>Any number of appliers may work on a move, late ones too: what one has in hand is locked for the others and counts as
 * waiting, and the receiver takes it only at the epoch at which the slots were seen here. Rows are read after their changes
 * were locked, so what arrives is what the change made or newer, and the receiver keeps what it has when that is newer still.
 *
 * <p>A row that the receiver refuses for what it is must not hold up the others: the batch is halved until the row is alone,
 * and then kept in hand while the others go. It halts the move, for it can never arrive.
 */
final class Applier {

    /** So many rows are kept in hand, each in a transaction of its own, before the others wait too. */
    private static final int MOST_REFUSED = 4;

    private final Move move;
    private final List<Way> ways;
    private final Journal journal;
    private final MoveRules rules;
    private final Predicate<RuntimeException> liesInTheRow;

    Applier(
            Move move,
            Side source,
            Side target,
            Journal journal,
            MoveRules rules,
            Predicate<RuntimeException> liesInTheRow) {
        this.move = move;
        Way there = new Way(source, target);
        this.ways = List.of(there, there.back());
        this.journal = journal;
        this.rules = rules;
        this.liesInTheRow = liesInTheRow;
    }

    /**
     * Mirrors a batch each way.
     *
     * @return whether there may be more; if not, it may rest a moment, so that a few changes do not cost a round each
     */
    boolean round() {
        boolean more = false;
        for (Way way : ways) {
            // Most rounds find nothing; they should cost no more than this question.
            if (way.from().waiting(move.slots()) > 0) {
                MoveState during = journal.entry(move.id()).state();
                Map<Slot, Long> epochs = way.mirrored(move.slots());
                more |= !epochs.isEmpty() && round(way, epochs, during);
            }
        }
        return more;
    }

    private boolean round(Way way, Map<Slot, Long> epochs, MoveState during) {
        List<Changes> refused = new ArrayList<>();
        try {
            int most = rules.batch();
            while (refused.size() < MOST_REFUSED) {
                Changes changes = way.from().changes(SlotSet.of(epochs.keySet()), most);
                switch (carry(way, changes, epochs)) {
                    case NOTHING -> {
                        return false;
                    }
                    case ARRIVED -> {
                        return changes.count() >= most;
                    }
                    case REFUSED -> {
                        if (most > 1) {
                            changes.close();
                            most /= 2;
                        } else {
                            refused.add(changes);
                            journal.halt(move.id(), during, why(way, changes));
                            most = rules.batch();
                        }
                    }
                }
            }
            return false;
        } finally {
            refused.forEach(Changes::close);
        }
    }

    private enum Fate {
        NOTHING,
        ARRIVED,
        /** They are still in hand. */
        REFUSED
    }

    private Fate carry(Way way, Changes changes, Map<Slot, Long> epochs) {
        boolean keep = false;
        try {
            if (changes.isEmpty()) {
                return Fate.NOTHING;
            }
            way.to().receive(changes.images(), epochs);
            changes.done();
            return Fate.ARRIVED;
        } catch (NotReplica overtaken) {
            return Fate.NOTHING;
        } catch (RuntimeException failure) {
            keep = liesInTheRow.test(failure);
            if (!keep) {
                throw failure;
            }
            return Fate.REFUSED;
        } finally {
            if (!keep) {
                changes.close();
            }
        }
    }

    private static String why(Way way, Changes changes) {
        Entry<Relation, List<Key>> row = changes.keys().entrySet().iterator().next();
        return "shard " + way.to().shard() + " refuses "
                + Comparison.words(row.getKey(), row.getValue().getFirst());
    }
}
