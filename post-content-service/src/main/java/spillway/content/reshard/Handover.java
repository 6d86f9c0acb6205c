package spillway.content.reshard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spillway.content.reshard.Side.HandedOver;
import spillway.content.reshard.Side.Mirrored;
import spillway.content.reshard.Side.Seal;
import spillway.content.reshard.Side.Seal.Look;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/**
 * Changes the owner of a few slots, whose writers wait meanwhile.
 *
 * <p>Mostly nothing is in the way, and one call to the old owner is all of it. Where writers are never gone for a moment, or a
 * difference has to be looked at, they are locked out for longer.
 *
 * <p>Under the seal nobody writes the slots or changes their owner, and all who wrote have committed. Then the replica is complete once no change is
 * left, those in an applier's hands included: an applier that was taken for dead may still have some. What was mirrored since
 * the last full comparison is compared once more. The old owner's events have to be out before the new owner's first one,
 * or a post's events would overtake each other. All that can fail, or take long, comes before the one commit.
 */
final class Handover {

    /** Rounds of mirroring before the seal, so that little is left to do under it. */
    private static final int ROUNDS = 20;

    /**
     * An attempt.
     *
     * @param held how long writers were kept out, from the first lock asked for; also when it was of no use
     */
    record Attempt(Outcome outcome, Duration held) {}

    /** How an attempt ended. */
    sealed interface Outcome {

        /** The slots have a new owner. */
        record Done(Map<Slot, Long> epochs) implements Outcome {}

        /** Nothing has happened; what was in the way goes by. */
        record Later() implements Outcome {}

        /** Nothing has happened; there is too much to compare for so many slots, or so little time. */
        record TooLong() implements Outcome {}

        /** Nothing has happened, and these rows differ. */
        record Different(List<String> rows) implements Outcome {}
    }

    private final long move;
    private final Way way;
    private final MoveRules rules;
    private final InstantSource clock;

    Handover(long move, Way way, MoveRules rules, InstantSource clock) {
        this.move = move;
        this.way = way;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Tries once.
     *
     * @param group slots that are mirrored this way, with their epochs
     * @param waits whether what is in the way is waited for, and writers wait meanwhile; if not, it is for later
     */
    Attempt attempt(Map<Slot, Long> group, Duration pause, boolean waits) {
        if (!way.catchUp(group, rules.batch(), ROUNDS)) {
            return new Attempt(new Outcome.Later(), Duration.ZERO);
        }
        SlotSet slots = SlotSet.of(group.keySet());
        if (waits) {
            Instant began = clock.instant();
            Outcome outcome = way.from()
                    .seal(move, slots)
                    .map(seal -> underSeal(seal, group, began.plus(pause)))
                    .orElseGet(Outcome.Later::new);
            return new Attempt(outcome, Duration.between(began, clock.instant()));
        }
        compareAhead(slots);
        Optional<HandedOver> done = way.from().handOver(move, group);
        if (done.isEmpty()) {
            return new Attempt(new Outcome.Later(), Duration.ZERO);
        }
        // Whoever writes to the new owner before this makes it take over.
        way.to().takeOver(done.get().epochs());
        return new Attempt(new Outcome.Done(done.get().epochs()), done.get().held());
    }

    /** What was mirrored and is equal need not be compared while writers wait. What is not may be on its way. */
    private void compareAhead(SlotSet slots) {
        try (Mirrored mirrored = way.from().mirrored(slots, rules.chunk())) {
            if (!mirrored.keys().isEmpty()
                    && Comparison.unequal(way, mirrored.keys()).isEmpty()) {
                mirrored.forget();
            }
        }
    }

    private Outcome underSeal(Seal seal, Map<Slot, Long> group, Instant end) {
        Map<Slot, Long> epochs;
        try (seal) {
            Look look = seal.look();
            if (!look.epochs().equals(group)) {
                return new Outcome.Later();
            }
            while (look.waiting() > 0 || look.events() > 0) {
                if (!clock.instant().isBefore(end)) {
                    return new Outcome.Later();
                }
                if (look.waiting() > 0) {
                    way.carry(group, rules.batch());
                }
                look = seal.look();
            }
            List<String> different = new ArrayList<>();
            for (Map<Relation, List<Key>> keys : chunks(look.changed())) {
                if (!clock.instant().isBefore(end)) {
                    return new Outcome.TooLong();
                }
                different.addAll(Comparison.unequal(way, keys));
            }
            if (!different.isEmpty()) {
                return stillHeld(seal) ? new Outcome.Different(different) : new Outcome.Later();
            }
            if (!clock.instant().isBefore(end)) {
                return new Outcome.TooLong();
            }
            epochs = seal.handOver();
        }
        way.to().takeOver(epochs);
        return new Outcome.Done(epochs);
    }

    /** A seal that was taken from its holder fails here: the rows may have differed because they were being written. */
    private static boolean stillHeld(Seal seal) {
        Look look = seal.look();
        return look.waiting() == 0 && look.events() == 0;
    }

    private List<Map<Relation, List<Key>>> chunks(Map<Relation, List<Key>> changed) {
        List<Map<Relation, List<Key>>> chunks = new ArrayList<>();
        int room = 0;
        for (Map.Entry<Relation, List<Key>> of : changed.entrySet()) {
            for (Key key : of.getValue()) {
                if (room == 0) {
                    chunks.add(new EnumMap<>(Relation.class));
                    room = rules.chunk();
                }
                chunks.getLast()
                        .computeIfAbsent(of.getKey(), none -> new ArrayList<>())
                        .add(key);
                room--;
            }
        }
        return chunks;
    }
}
