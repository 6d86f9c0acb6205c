package spillway.content.reshard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spillway.content.shard.SlotSet;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * One pass over all rows of slots that are mirrored, owner against replica, piece by piece. What has been compared is known
 * to this object alone. Not thread-safe.
 *
 * <p>The two sides cannot be read at one moment, so a row that is being written differs. Of one whose hash differs: read it
 * at the owner, wait until all changes of its slot that were committed before have arrived, read the replica, read the owner
 * again. If the owner's row has stayed as it was, the replica had to have it just so. If not, it was changed after the pass
 * began, hence is among the {@link Side.Seal.Look#changed} and compared when nobody can write it.
 */
final class Comparison {

    /** Rounds of mirroring in which a differing row's slot has to have caught up at some moment. */
    private static final int ROUNDS = 50;

    private final Way way;
    private final SlotSet slots;
    private final MoveRules rules;
    private final Iterator<Relation> relations = List.of(Relation.values()).iterator();
    private Relation relation = relations.next();
    private Key upTo = Key.START;
    private @Nullable Span open;
    private long equal;
    private List<Key> differences = List.of();

    /** The keys that have been mirrored so far are to be forgotten before. */
    Comparison(Way way, SlotSet slots, MoveRules rules) {
        this.way = way;
        this.slots = slots;
        this.rules = rules;
    }

    /** Keys of the relation, in words, that differ though nobody was writing them. */
    List<String> differences() {
        return differences.stream().map(key -> words(relation, key)).toList();
    }

    /** Pieces found equal. */
    long equal() {
        return equal;
    }

    boolean isComplete() {
        return !relations.hasNext() && upTo.equals(Key.END);
    }

    /**
     * Compares the next piece.
     *
     * @return false when mirroring is too far behind to tell: the piece is still the next
     */
    boolean compareNext() {
        Span span = open == null ? next() : open;
        open = span;
        if (!way.from().digest(span, slots).equals(way.to().digest(span, slots)) && !explains(span)) {
            return false;
        }
        if (differences.isEmpty()) {
            open = null;
            upTo = span.last();
            equal++;
        }
        return true;
    }

    private Span next() {
        if (upTo.equals(Key.END)) {
            relation = relations.next();
            upTo = Key.START;
        }
        return way.from().next(relation, upTo, rules.chunk());
    }

    /** Finds the differences that are some; false when that cannot be told now. */
    private boolean explains(Span span) {
        Set<Key> suspects = unequal(way.from().hashes(span, slots), way.to().hashes(span, slots));
        Map<Key, Long> before = named(way.from(), suspects);
        Map<Slot, Long> epochs = way.mirrored(slotsOf(relation, suspects));
        if (!way.catchUp(epochs, rules.batch(), ROUNDS)) {
            return false;
        }
        Map<Key, Long> there = named(way.to(), suspects);
        Map<Key, Long> after = named(way.from(), suspects);
        suspects.removeIf(key ->
                !Objects.equals(before.get(key), after.get(key)) || Objects.equals(after.get(key), there.get(key)));
        differences = suspects.stream().sorted().toList();
        return true;
    }

    private Map<Key, Long> named(Side at, Set<Key> keys) {
        return at.hashes(Map.of(relation, keys)).getOrDefault(relation, Map.of());
    }

    /** Keys of which not both sides have a row, and the same. */
    static Set<Key> unequal(Map<Key, Long> one, Map<Key, Long> other) {
        Set<Key> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
        return keys;
    }

    /**
     * Compares rows while nobody can write them.
     *
     * @return those that differ, in words
     */
    static List<String> unequal(Way way, Map<Relation, List<Key>> keys) {
        Map<Relation, Map<Key, Long>> from = way.from().hashes(keys);
        Map<Relation, Map<Key, Long>> to = way.to().hashes(keys);
        List<String> words = new ArrayList<>();
        for (Relation relation : keys.keySet()) {
            unequal(from.getOrDefault(relation, Map.of()), to.getOrDefault(relation, Map.of()))
                    .forEach(key -> words.add(words(relation, key)));
        }
        return words;
    }

    private static SlotSet slotsOf(Relation relation, Set<Key> keys) {
        return SlotSet.of(keys.stream().map(key -> slotOf(relation, key)).toList());
    }

    private static Slot slotOf(Relation relation, Key key) {
        return switch (relation) {
            case POST, COMMENT -> new PostId(key.a()).slot();
            case IDEMPOTENCY_KEY -> new Slot(Math.toIntExact(key.a()));
        };
    }

    /** For people. */
    static String words(Relation relation, Key key) {
        return switch (relation) {
            case POST -> "post " + key.a();
            case COMMENT -> "comment " + key.b() + " on post " + key.a();
            case IDEMPOTENCY_KEY -> "idempotency key " + key.name() + " of user " + key.b();
        };
    }
}
