package spillway.content.reshard;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import spillway.platform.id.Slot;

/**
 * Copies what was there before the slots were mirrored, chunk by chunk. How far it has come is known to the target, where it
 * is committed with the rows. Not thread-safe.
 */
final class Backfill {

    /** What became of a chunk. */
    sealed interface Outcome {

        record Copied() implements Outcome {}

        /** There was none left. */
        record Complete() implements Outcome {}

        /** Not all slots are mirrored any more: somebody has gone on with the move. */
        record Overtaken() implements Outcome {}

        /** The target cannot hold a row. */
        record Refused(String why) implements Outcome {}
    }

    private final Move move;
    private final Way way;
    private final MoveRules rules;
    private final Predicate<RuntimeException> liesInTheRow;
    private int chunk;

    Backfill(Move move, Way way, MoveRules rules, Predicate<RuntimeException> liesInTheRow) {
        this.move = move;
        this.way = way;
        this.rules = rules;
        this.liesInTheRow = liesInTheRow;
        this.chunk = rules.chunk();
    }

    Outcome copyNext() {
        for (Relation relation : Relation.values()) {
            Key upTo = way.to().progress(move.id(), relation).upTo();
            if (!upTo.equals(Key.END)) {
                return copy(relation, upTo);
            }
        }
        return new Outcome.Complete();
    }

    private Outcome copy(Relation relation, Key upTo) {
        Map<Slot, Long> epochs = way.mirrored(move.slots());
        if (epochs.size() < move.slots().size()) {
            return new Outcome.Overtaken();
        }
        while (true) {
            Span span = way.from().next(relation, upTo, chunk);
            try {
                way.to().receive(way.from().read(span, move.slots()), epochs, move.id(), span);
                chunk = Math.min(2 * chunk, rules.chunk());
                return new Outcome.Copied();
            } catch (RuntimeException failure) {
                if (!liesInTheRow.test(failure)) {
                    throw failure;
                }
                if (chunk == 1) {
                    return new Outcome.Refused("shard " + way.to().shard() + " refuses "
                            + way.from().hashes(span, move.slots()).keySet().stream()
                                    .map(key -> Comparison.words(relation, key))
                                    .collect(Collectors.joining(", ")));
                }
                chunk /= 2;
            }
        }
    }
}
