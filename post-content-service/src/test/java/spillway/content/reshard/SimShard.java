package spillway.content.reshard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * One shard's database in memory. Each method is one statement, and what a session has written is seen by the others when it
 * commits.
 *
 * <p>Modelled: a snapshot per statement, so that nothing uncommitted is seen; advisory locks of slots, shared and exclusive;
 * locks of rows, waited for or skipped; sequences that are given out before the commit; sessions that end with their
 * process, or are ended by the server while their process stands still, and what they held with them; answers that are lost.
 *
 * <p>Not modelled: that who waits for an exclusive lock holds up those who want a shared one after it; deadlocks; statements
 * that are done in part (each is one moment here, although in Postgres an upsert of many rows, or a scan, takes time within
 * its one snapshot); a server that crashes or loses what it committed; two servers' clocks.
 */
final class SimShard {

    /** @param content a function of key and version, unless somebody flipped it */
    record Row(long version, boolean deleted, long content) {
        long hash() {
            return content * 31 + version * 1_000_003 + (deleted ? 7 : 0);
        }
    }

    record RowId(Relation relation, Key key) implements Comparable<RowId> {
        private static final Comparator<RowId> ORDER =
                Comparator.comparing(RowId::relation).thenComparing(RowId::key);

        @Override
        public int compareTo(RowId other) {
            return ORDER.compare(this, other);
        }

        Slot slot() {
            return switch (relation) {
                case POST, COMMENT -> new PostId(key.a()).slot();
                case IDEMPOTENCY_KEY -> new Slot(Math.toIntExact(key.a()));
            };
        }
    }

    record Event(Key post, long version) {}

    /** A key that was noted, and who has it in hand. */
    static final class Noted {
        final RowId row;

        @Nullable Session holder;

        Noted(RowId row) {
            this.row = row;
        }
    }

    private record Known(Standing standing, long move) {}

    /** A connection with a transaction open on it. */
    final class Session {
        private final Set<Slot> shared = new HashSet<>();
        private final Set<Slot> exclusive = new HashSet<>();
        private final Set<RowId> locked = new HashSet<>();
        final Map<RowId, Row> writes = new TreeMap<>();
        final Map<Long, RowId> notes = new TreeMap<>();
        final Map<Long, Event> events = new TreeMap<>();
        boolean alive = true;

        boolean holdsExclusively() {
            return !exclusive.isEmpty();
        }

        /** Ends the transaction without its writes. */
        void end() {
            alive = false;
            sessions.remove(this);
            shared.forEach(slot -> sharers.merge(slot, -1, Integer::sum));
            exclusive.forEach(holders::remove);
            locked.forEach(rowLocks::remove);
            changedInHand.values().removeIf(holder -> holder == this);
            for (Noted noted : changes.values()) {
                if (noted.holder == this) {
                    noted.holder = null;
                }
            }
        }
    }

    final int number;
    final Mutant mutant;
    private final Simulation world;
    final Map<Relation, NavigableMap<Key, Row>> rows = new EnumMap<>(Relation.class);
    private final Map<Slot, Known> known = new TreeMap<>(Comparator.comparingInt(Slot::number));
    final TreeMap<Long, Noted> changes = new TreeMap<>();
    final TreeSet<RowId> changed = new TreeSet<>();
    private final Map<RowId, Session> changedInHand = new TreeMap<>();
    final TreeMap<Long, Event> outbox = new TreeMap<>();
    final Map<Long, Map<Relation, Copied>> progress = new HashMap<>();
    private final Set<Long> ended = new HashSet<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<Slot, Integer> sharers = new HashMap<>();
    private final Map<Slot, Session> holders = new HashMap<>();
    private final Map<RowId, Session> rowLocks = new HashMap<>();
    private final Set<Slot> deferred = new HashSet<>();
    /** A row that this shard refuses. */
    @Nullable RowId poison;

    private long sequence;
    private long lastTaken;

    SimShard(int number, Mutant mutant, Simulation world) {
        this.number = number;
        this.mutant = mutant;
        this.world = world;
        for (Relation relation : Relation.values()) {
            rows.put(relation, new TreeMap<>());
        }
    }

    Session open() {
        Session session = new Session();
        sessions.add(session);
        return session;
    }

    boolean isQuiet() {
        return sessions.isEmpty();
    }

    long nextNumber() {
        return ++sequence;
    }

    NavigableMap<Key, Row> rows(Relation relation) {
        return rows.computeIfAbsent(relation, key -> new TreeMap<>());
    }

    @Nullable Row row(RowId id) {
        return rows(id.relation()).get(id.key());
    }

    /** Rows of some slots. */
    Map<RowId, Row> rowsOf(SlotSet slots) {
        Map<RowId, Row> found = new TreeMap<>();
        rows.forEach((relation, all) -> all.forEach((key, row) -> {
            RowId id = new RowId(relation, key);
            if (slots.contains(id.slot())) {
                found.put(id, row);
            }
        }));
        return found;
    }

    // Locks.

    boolean tryShared(Session session, Slot slot) {
        if (holders.containsKey(slot)) {
            return false;
        }
        if (session.shared.add(slot)) {
            sharers.merge(slot, 1, Integer::sum);
        }
        return true;
    }

    boolean tryExclusive(Session session, Slot slot) {
        Session holder = holders.get(slot);
        if (holder == session) {
            return true;
        }
        if (holder != null || sharers.getOrDefault(slot, 0) > 0) {
            return false;
        }
        holders.put(slot, session);
        session.exclusive.add(slot);
        return true;
    }

    boolean tryRow(Session session, RowId row) {
        Session holder = rowLocks.putIfAbsent(row, session);
        if (holder == null) {
            session.locked.add(row);
        }
        return holder == null || holder == session;
    }

    // Clients.

    void commit(Session session) {
        session.writes.forEach((id, row) -> {
            if (row.deleted() && mutant == Mutant.NO_TOMBSTONES) {
                rows(id.relation()).remove(id.key());
            } else {
                rows(id.relation()).put(id.key(), row);
            }
        });
        session.notes.forEach((number, row) -> changes.put(number, new Noted(row)));
        outbox.putAll(session.events);
        session.end();
    }

    @Nullable Standing standing(Slot slot) {
        Known found = known.get(slot);
        return found == null ? null : found.standing();
    }

    void takeOver(Slot slot, long epoch) {
        Known found = known.get(slot);
        if (found != null
                && found.standing().state() == SlotState.REPLICA
                && (found.standing().epoch() < epoch || mutant == Mutant.TAKE_OVER_AT_ANY_EPOCH)) {
            set(slot, SlotState.MIRRORING, epoch, found.standing().peer(), found.move());
        }
    }

    void takeOverAhead(SlotSet slots) {
        standing(slots).forEach((slot, standing) -> takeOver(slot, standing.epoch() + 1));
    }

    // Moves.

    Map<Slot, Standing> standing(SlotSet slots) {
        Map<Slot, Standing> standing = new HashMap<>();
        known.forEach((slot, found) -> {
            if (slots.contains(slot)) {
                Standing now = found.standing();
                standing.put(
                        slot,
                        deferred.contains(slot) ? new Standing(SlotState.MIRRORING, now.epoch(), 1 - number) : now);
            }
        });
        return standing;
    }

    void own(Slot slot) {
        set(slot, SlotState.OWNER, 1, null, 0);
    }

    private void set(Slot slot, SlotState state, long epoch, @Nullable Integer peer, long move) {
        known.put(slot, new Known(new Standing(state, epoch, peer), move));
        world.checkOwners(slot);
    }

    void follow(long move, int peer, Map<Slot, Long> epochs) {
        if (ended.contains(move) && mutant != Mutant.END_IS_NO_END) {
            return;
        }
        epochs.forEach((slot, epoch) -> {
            if (!known.containsKey(slot)) {
                set(slot, SlotState.REPLICA, epoch, peer, move);
            }
        });
    }

    void mirror(long move, SlotSet slots, int peer) {
        if (ended.contains(move) && mutant != Mutant.END_IS_NO_END) {
            return;
        }
        slots.stream().forEach(slot -> {
            Known found = known.get(slot);
            if (found != null && found.standing().state() == SlotState.OWNER) {
                if (mutant == Mutant.BACKFILL_BEFORE_MIRRORING && !known.isEmpty() && slot.number() % 2 == 0) {
                    deferred.add(slot);
                } else {
                    set(slot, SlotState.MIRRORING, found.standing().epoch(), peer, move);
                }
            }
        });
    }

    void end(long move) {
        ended.add(move);
    }

    void stopMirroring(long move, SlotSet slots) {
        slots.stream().forEach(slot -> {
            Known found = known.get(slot);
            if (found != null && found.standing().state() == SlotState.MIRRORING && isOf(found, move)) {
                set(slot, SlotState.OWNER, found.standing().epoch(), null, 0);
                changes.values().removeIf(noted -> noted.row.slot().equals(slot));
                changed.removeIf(row -> row.slot().equals(slot));
            }
        });
    }

    private boolean isOf(Known found, long move) {
        return found.move() == move || mutant == Mutant.MOVES_ARE_ALL_THE_SAME;
    }

    boolean forget(long move, SlotSet slots, int most) {
        List<Slot> mine = slots.stream()
                .filter(slot -> {
                    Known found = known.get(slot);
                    return found != null && found.standing().state() == SlotState.REPLICA && isOf(found, move);
                })
                .toList();
        List<RowId> found = List.copyOf(rowsOf(SlotSet.of(mine)).keySet());
        found.stream().limit(most).forEach(row -> rows(row.relation()).remove(row.key()));
        if (found.size() > most) {
            return false;
        }
        mine.forEach(slot -> {
            known.remove(slot);
            changed.removeIf(row -> row.slot().equals(slot));
        });
        progress.remove(move);
        return true;
    }

    /** @throws NotReplica when one of the slots is not */
    void receive(Map<RowId, Row> images, Map<Slot, Long> epochs) {
        epochs.forEach((slot, epoch) -> {
            Standing standing = standing(slot);
            boolean fits = standing != null && standing.state() == SlotState.REPLICA && standing.epoch() == epoch;
            if (!fits && mutant != Mutant.NO_REPLICA_CHECK) {
                throw new NotReplica(number, slot.toString());
            }
        });
        images.forEach((id, row) -> {
            if (id.equals(poison)) {
                throw new Refused();
            }
        });
        images.forEach((id, row) -> {
            Row old = row(id);
            if (old == null || old.version() < row.version() || mutant == Mutant.NO_VERSION_GUARD) {
                rows(id.relation()).put(id.key(), world.arrives(this, id, row));
            }
        });
    }

    /** The row is one that this shard cannot hold. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /** Locks changes that nobody else has in hand. */
    List<Long> take(Session session, SlotSet slots, int most) {
        List<Long> taken = new ArrayList<>();
        changes.forEach((number, noted) -> {
            boolean free = mutant == Mutant.APPLIER_BY_SEQUENCE ? number > lastTaken : noted.holder == null;
            if (taken.size() < most && free && slots.contains(noted.row.slot())) {
                noted.holder = session;
                taken.add(number);
            }
        });
        return taken;
    }

    /** Deletes noted keys that nobody else is deleting, in a transaction that stays open. */
    List<RowId> takeChanged(Session session, SlotSet slots, int most) {
        List<RowId> taken = changed.stream()
                .filter(row -> slots.contains(row.slot()) && !changedInHand.containsKey(row))
                .limit(most)
                .toList();
        if (mutant != Mutant.COMPARED_KEYS_ARE_FORGOTTEN_LATER) {
            taken.forEach(row -> changedInHand.put(row, session));
        }
        return taken;
    }

    void forgetTaken(Session session, Collection<RowId> rows) {
        rows.forEach(changed::remove);
        session.end();
    }

    /** Whether nobody has the notes of these changes' keys in hand, for whose end an insert would wait. */
    boolean canArrive(Session session, Collection<Long> taken) {
        return taken.stream().map(changes::get).filter(Objects::nonNull).allMatch(noted -> {
            Session holder = changedInHand.get(noted.row);
            return holder == null || holder == session;
        });
    }

    /** Commits that changes have arrived. */
    void arrived(Session session, Collection<Long> taken) {
        for (long number : taken) {
            Noted noted = changes.remove(number);
            if (noted != null) {
                changed.add(noted.row);
            }
            lastTaken = Math.max(lastTaken, number);
        }
        session.end();
    }

    long waiting(SlotSet slots) {
        return changes.entrySet().stream()
                .filter(change -> slots.contains(change.getValue().row.slot()))
                .filter(change -> switch (mutant) {
                    case DRAIN_WITH_SKIP_LOCKED_ONLY -> change.getValue().holder == null;
                    case APPLIER_BY_SEQUENCE -> change.getKey() > lastTaken;
                    default -> true;
                })
                .count();
    }

    void forgetChanged(SlotSet slots) {
        changed.removeIf(row -> slots.contains(row.slot()));
        for (Slot slot : deferred) {
            Standing standing = standing(slot);
            if (standing != null) {
                set(slot, SlotState.MIRRORING, standing.epoch(), 1 - number, 1);
            }
        }
        deferred.clear();
    }

    long events(SlotSet slots) {
        return mutant == Mutant.OUTBOX_NOT_WAITED_FOR
                ? 0
                : outbox.values().stream()
                        .filter(event -> slots.contains(new PostId(event.post().a()).slot()))
                        .count();
    }

    /** Epochs of those of the slots that are mirrored for the move. */
    Map<Slot, Long> mirrored(long move, SlotSet slots) {
        Map<Slot, Long> epochs = new HashMap<>();
        slots.stream().forEach(slot -> {
            Known found = known.get(slot);
            if (found != null && found.standing().state() == SlotState.MIRRORING && isOf(found, move)) {
                epochs.put(slot, found.standing().epoch());
            }
        });
        return epochs;
    }

    /** Commits that the slots are the peer's. */
    Map<Slot, Long> handOver(Session session, long move, SlotSet slots) {
        Map<Slot, Long> epochs = new HashMap<>();
        slots.stream().forEach(slot -> {
            Known found = known.get(slot);
            if (found == null || found.standing().state() != SlotState.MIRRORING || !isOf(found, move)) {
                session.end();
                throw new IllegalStateException("slot " + slot + " is not mirrored for move " + move);
            }
            epochs.put(slot, found.standing().epoch() + 1);
        });
        world.checkReplica(this, slots);
        epochs.forEach((slot, epoch) -> {
            Known found = known.get(slot);
            if (found != null) {
                set(slot, SlotState.REPLICA, epoch, found.standing().peer(), found.move());
            }
        });
        session.end();
        return epochs;
    }

    Span next(Relation relation, Key after, int most) {
        List<Key> keys = rows(relation).tailMap(after, false).keySet().stream()
                .limit(most)
                .toList();
        return new Span(relation, after, keys.size() < most ? Key.END : keys.getLast());
    }

    Map<RowId, Row> read(Span span, SlotSet slots) {
        Map<RowId, Row> found = new TreeMap<>();
        rows(span.relation()).subMap(span.after(), false, span.last(), true).forEach((key, row) -> {
            RowId id = new RowId(span.relation(), key);
            if (slots.contains(id.slot())) {
                found.put(id, row);
            }
        });
        return found;
    }

    /** What a move would leave behind. */
    void checkNothingIsLeft(SlotSet slots, boolean owner) {
        boolean clean = changes.isEmpty()
                && changed.isEmpty()
                && slots.stream().allMatch(slot -> {
                    Standing standing = standing(slot);
                    return owner ? standing != null && standing.state() == SlotState.OWNER : standing == null;
                })
                && (owner || rowsOf(slots).isEmpty());
        if (!clean) {
            throw new Violation("shard " + number + " keeps " + changes.size() + " changes, " + changed + ", "
                    + standing(slots) + ", " + (owner ? "" : rowsOf(slots)));
        }
    }
}
