package spillway.content.reshard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import spillway.content.reshard.SimShard.Row;
import spillway.content.reshard.SimShard.RowId;
import spillway.content.reshard.SimShard.Session;
import spillway.content.shard.SlotSet;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** A {@link SimShard} as one process sees it: between any two statements others run, and some calls fail. */
final class SimSide implements Side {

    /** Statements of others: about as many as one that stands still misses. */
    private static final int UNTIL_THE_END = 250;

    /** Tries to get a lock before it is given up. */
    private static final int TRIES = 12;

    private final Simulation world;
    private final SimShard shard;
    private final SimProcess process;
    /** Of the last look, and of the last one before the end for as long as nobody has asked. */
    private Map<Slot, Standing> seen = Map.of();

    private Map<Slot, Standing> seenBeforeTheEnd = Map.of();

    SimSide(Simulation world, SimShard shard, SimProcess process) {
        this.world = world;
        this.shard = shard;
        this.process = process;
    }

    @Override
    public int shard() {
        return shard.number;
    }

    /** One statement, in a transaction of its own: it fails before it is done, or its answer is lost. */
    private <T> T call(Supplier<T> statement) {
        process.step();
        fail();
        T answer = statement.get();
        fail();
        return answer;
    }

    private void run(Runnable statement) {
        Object unused = call(() -> {
            statement.run();
            return true;
        });
    }

    /** One of a longer transaction, which is over when it fails. */
    private <T> T call(Session session, Supplier<T> statement) {
        try {
            return call(() -> {
                if (!session.alive) {
                    throw new DataAccessResourceFailureException("the session was ended");
                }
                return statement.get();
            });
        } catch (DataAccessResourceFailureException failure) {
            close(session);
            throw failure;
        }
    }

    private static void close(Session session) {
        if (session.alive) {
            session.end();
        }
    }

    private void fail() {
        if (world.fails()) {
            throw new DataAccessResourceFailureException("no answer");
        }
    }

    private Session open() {
        return process.open(shard);
    }

    private boolean lock(Session session, SlotSet slots) {
        return slots.stream().allMatch(slot -> {
            for (int tries = 0; tries < TRIES; tries++) {
                if (call(session, () -> shard.tryExclusive(session, slot))) {
                    return true;
                }
            }
            session.end();
            return false;
        });
    }

    private boolean underLocks(SlotSet slots, Runnable statement) {
        Session session = open();
        if (!lock(session, slots)) {
            return false;
        }
        return call(session, () -> {
            statement.run();
            session.end();
            return true;
        });
    }

    @Override
    public Map<Slot, Standing> standing(SlotSet slots) {
        if (!seenBeforeTheEnd.isEmpty()) {
            Map<Slot, Standing> old = seenBeforeTheEnd;
            seenBeforeTheEnd = Map.of();
            return old;
        }
        seen = call(() -> shard.standing(slots));
        return seen;
    }

    @Override
    public boolean mirror(long move, SlotSet slots, int peer) {
        if (shard.mutant == Mutant.MIRROR_WITHOUT_LOCKS) {
            run(() -> shard.mirror(move, slots, peer));
            return true;
        }
        return underLocks(slots, () -> shard.mirror(move, slots, peer));
    }

    @Override
    public boolean stopMirroring(long move, SlotSet slots) {
        return underLocks(slots, () -> shard.stopMirroring(move, slots));
    }

    @Override
    public void follow(long move, int peer, Map<Slot, Long> epochs) {
        run(() -> shard.follow(move, peer, epochs));
    }

    /** The model has no planner. */
    @Override
    public void countRows() {}

    @Override
    public void end(long move) {
        if (shard.mutant == Mutant.LOOKS_BEFORE_THE_END) {
            // Any time may pass there: the longer, the more often something comes between.
            process.rest(UNTIL_THE_END);
            seenBeforeTheEnd = seen;
        }
        run(() -> shard.end(move));
    }

    @Override
    public boolean forget(long move, SlotSet slots, int rows) {
        return call(() -> shard.forget(move, slots, rows));
    }

    @Override
    public Span next(Relation relation, Key after, int rows) {
        return call(() -> shard.next(relation, after, rows));
    }

    @Override
    public Image read(Span span, SlotSet slots) {
        Map<RowId, Row> rows = call(() -> shard.read(span, slots));
        return new Image(span.relation(), rows.size(), rows);
    }

    @Override
    public void receive(List<Image> images, Map<Slot, Long> epochs) {
        Map<RowId, Row> rows = new TreeMap<>();
        images.forEach(image -> rows.putAll(rows(image)));
        run(() -> shard.receive(rows, epochs));
    }

    @Override
    public void receive(Image image, Map<Slot, Long> epochs, long move, Span span) {
        run(() -> {
            shard.receive(rows(image), epochs);
            Map<Relation, Copied> of = shard.progress.computeIfAbsent(move, key -> new EnumMap<>(Relation.class));
            long before = of.getOrDefault(span.relation(), Copied.NOTHING).rows();
            of.put(span.relation(), new Copied(span.last(), before + image.count()));
        });
    }

    private static Map<RowId, Row> rows(Image image) {
        Map<RowId, Row> rows = new TreeMap<>();
        ((Map<?, ?>) image.bytes()).forEach((id, row) -> rows.put((RowId) id, (Row) row));
        return rows;
    }

    @Override
    public Copied progress(long move, Relation relation) {
        return call(() -> shard.progress.getOrDefault(move, Map.of()).getOrDefault(relation, Copied.NOTHING));
    }

    @Override
    public Changes changes(SlotSet slots, int most) {
        Session session = open();
        List<Long> taken = call(session, () -> shard.take(session, slots, most));
        return call(session, () -> new SimChanges(session, taken));
    }

    @Override
    public long waiting(SlotSet slots) {
        return call(() -> shard.waiting(slots));
    }

    @Override
    public void forgetChanged(SlotSet slots) {
        run(() -> shard.forgetChanged(slots));
    }

    @Override
    public Digest digest(Span span, SlotSet slots) {
        return call(() -> {
            Map<RowId, Row> rows = shard.read(span, slots);
            long hash = rows.entrySet().stream()
                    .mapToLong(row -> row.getKey().hashCode() * 0x9E37_79B9_7F4A_7C15L ^ hash(row.getValue()))
                    .reduce(0, (a, b) -> a ^ b);
            return new Digest(rows.size(), hash);
        });
    }

    private long hash(Row row) {
        return shard.mutant == Mutant.NOTHING_COMPARED ? 1 : row.hash();
    }

    @Override
    public Map<Key, Long> hashes(Span span, SlotSet slots) {
        return call(() -> {
            Map<Key, Long> hashes = new HashMap<>();
            shard.read(span, slots).forEach((id, row) -> hashes.put(id.key(), hash(row)));
            return hashes;
        });
    }

    @Override
    public Map<Relation, Map<Key, Long>> hashes(Map<Relation, ? extends Collection<Key>> keys) {
        return call(() -> {
            Map<Relation, Map<Key, Long>> hashes = new EnumMap<>(Relation.class);
            keys.forEach((relation, named) -> named.forEach(key -> {
                Row row = shard.row(new RowId(relation, key));
                if (row != null) {
                    hashes.computeIfAbsent(relation, none -> new HashMap<>()).put(key, hash(row));
                }
            }));
            return hashes;
        });
    }

    @Override
    public Optional<Seal> seal(long move, SlotSet slots) {
        Session session = open();
        return lock(session, slots) ? Optional.of(new SimSeal(session, move, slots)) : Optional.empty();
    }

    @Override
    public Mirrored mirrored(SlotSet slots, int most) {
        Session session = open();
        return new SimMirrored(session, call(session, () -> shard.takeChanged(session, slots, most)));
    }

    @Override
    public Optional<HandedOver> handOver(long move, Map<Slot, Long> group) {
        SlotSet slots = SlotSet.of(group.keySet());
        Session session = open();
        boolean early = shard.mutant == Mutant.HANDOVER_LOOKS_BEFORE_IT_LOCKS && isFree(session, move, group);
        boolean locked = call(session, () -> slots.stream().allMatch(slot -> shard.tryExclusive(session, slot)));
        if (!locked || !(early || isFree(session, move, group))) {
            close(session);
            return Optional.empty();
        }
        if (shard.mutant == Mutant.HANDOVER_IN_TWO_COMMITS) {
            run(() -> world.shard(1 - shard.number).takeOverAhead(slots));
        }
        Map<Slot, Long> epochs = call(session, () -> shard.handOver(session, move, slots));
        return Optional.of(new HandedOver(epochs, Duration.ofMillis(1)));
    }

    private boolean isFree(Session session, long move, Map<Slot, Long> group) {
        SlotSet slots = SlotSet.of(group.keySet());
        return call(
                session,
                () -> shard.mirrored(move, slots).equals(group)
                        && shard.waiting(slots) == 0
                        && shard.events(slots) == 0
                        && shard.changed.stream().noneMatch(row -> slots.contains(row.slot())));
    }

    @Override
    public void takeOver(Map<Slot, Long> epochs) {
        run(() -> epochs.forEach(shard::takeOver));
    }

    private final class SimChanges implements Changes {

        private final Session session;
        private final List<Long> taken;
        private final Map<Relation, Map<RowId, Row>> rows = new EnumMap<>(Relation.class);
        private final Map<Relation, List<Key>> keys = new EnumMap<>(Relation.class);

        SimChanges(Session session, List<Long> taken) {
            this.session = session;
            this.taken = taken;
            for (long number : taken) {
                SimShard.Noted noted = shard.changes.get(number);
                if (noted != null) {
                    RowId id = noted.row;
                    keys.computeIfAbsent(id.relation(), key -> new ArrayList<>())
                            .add(id.key());
                    Row row = shard.row(id);
                    if (row != null) {
                        rows.computeIfAbsent(id.relation(), key -> new TreeMap<>())
                                .put(id, row);
                    }
                }
            }
        }

        @Override
        public List<Image> images() {
            return rows.entrySet().stream()
                    .map(of -> new Image(of.getKey(), of.getValue().size(), of.getValue()))
                    .toList();
        }

        @Override
        public boolean isEmpty() {
            return taken.isEmpty();
        }

        @Override
        public int count() {
            return taken.size();
        }

        @Override
        public Map<Relation, List<Key>> keys() {
            return keys;
        }

        @Override
        public void done() {
            for (int tries = 0; tries < TRIES; tries++) {
                boolean arrived = call(session, () -> {
                    boolean free = shard.canArrive(session, taken);
                    if (free) {
                        shard.arrived(session, taken);
                    }
                    return free;
                });
                if (arrived) {
                    return;
                }
            }
            SimSide.close(session);
            throw new DataAccessResourceFailureException("waited too long for keys in others' hands");
        }

        @Override
        public void close() {
            SimSide.close(session);
        }
    }

    private final class SimMirrored implements Mirrored {

        private final Session session;
        private final List<RowId> rows;

        SimMirrored(Session session, List<RowId> rows) {
            this.session = session;
            this.rows = rows;
        }

        @Override
        public Map<Relation, List<Key>> keys() {
            Map<Relation, List<Key>> keys = new EnumMap<>(Relation.class);
            rows.forEach(row -> keys.computeIfAbsent(row.relation(), none -> new ArrayList<>())
                    .add(row.key()));
            return keys;
        }

        @Override
        public void forget() {
            Object unused = call(session, () -> {
                shard.forgetTaken(session, rows);
                return true;
            });
        }

        @Override
        public void close() {
            SimSide.close(session);
        }
    }

    private final class SimSeal implements Seal {

        private final Session session;
        private final long move;
        private final SlotSet slots;

        SimSeal(Session session, long move, SlotSet slots) {
            this.session = session;
            this.move = move;
            this.slots = slots;
        }

        @Override
        public Look look() {
            Map<Slot, Long> epochs = call(session, () -> shard.mirrored(move, slots));
            long waiting = call(session, () -> shard.waiting(slots));
            long events = call(session, () -> shard.events(slots));
            return new Look(epochs, waiting, events, call(session, this::changed));
        }

        private Map<Relation, List<Key>> changed() {
            Map<Relation, List<Key>> changed = new EnumMap<>(Relation.class);
            for (RowId row : shard.changed) {
                if (slots.contains(row.slot())) {
                    changed.computeIfAbsent(row.relation(), key -> new ArrayList<>())
                            .add(row.key());
                }
            }
            return changed;
        }

        @Override
        public Map<Slot, Long> handOver() {
            if (shard.mutant == Mutant.HANDOVER_IN_TWO_COMMITS) {
                run(() -> world.shard(1 - shard.number).takeOverAhead(slots));
            }
            return call(session, () -> shard.handOver(session, move, slots));
        }

        @Override
        public void close() {
            SimSide.close(session);
        }
    }
}
