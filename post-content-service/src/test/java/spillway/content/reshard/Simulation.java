package spillway.content.reshard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import spillway.content.reshard.SimShard.Event;
import spillway.content.reshard.SimShard.Row;
import spillway.content.reshard.SimShard.RowId;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * One move of slots, perhaps a second one after it came to nothing, under a seeded schedule: writers, readers and relays that
 * know nothing of it; coordinators and appliers, the real ones, that are killed, or stand still while others take over and
 * then go on; calls that fail, or succeed without an answer; an operator who pauses, resumes and changes his mind; now and
 * then a flipped byte, or a row that the target refuses.
 *
 * <p>Looked at all the time: a slot has one owner at most; each change of owner finds the new one with every row as the old
 * one has it; a version follows the one before it, wherever it is written; a read shows what was acknowledged before it, or
 * newer; a post's events leave in order; a client finds the owner; nothing halts without cause. At the end: every row is
 * where it should be, and nothing is anywhere else.
 */
final class Simulation {

    /** The slots that move; another one stays. */
    static final SlotSet SLOTS = SlotSet.range(1, 5);

    private static final Slot STAYS = new Slot(9);
    private static final long LONGEST = 200_000;
    /** From then on nothing fails any more, so that the run has to come to its end. */
    private static final long CALM = 6_000;

    private static final int AFTER = 300;

    private enum Plan {
        FINISH,
        ROLLBACK_WHEN_NEW,
        ROLLBACK,
        ABORT
    }

    private enum Phase {
        MOVING,
        /** All moves are over; clients end what they have begun, and late processes have their say. */
        ENDING,
        QUIET
    }

    private final SplittableRandom random;
    private final Baton baton;
    private final List<SimShard> shards;
    private final SimCatalog catalog = new SimCatalog(this);
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimProcess> coordinators = new ArrayList<>();
    private final List<SimProcess> appliers = new ArrayList<>();
    /** Of a move that is over. */
    private final List<SimProcess> late = new ArrayList<>();

    private final TreeMap<RowId, Row> truth = new TreeMap<>();
    private final Map<Key, Long> sent = new HashMap<>();
    private final MoveRules rules;
    private final int faults;
    private final int kills;
    private final boolean flips;
    private final boolean poisons;
    private final boolean flipsOnTheWay;
    private Plan plan;
    private long move = 1;
    private Phase phase = Phase.MOVING;
    private long until;
    private boolean standsStill;
    private boolean compared;
    private @Nullable RowId flipped;
    private boolean hadPoison;
    private int halts;
    private long posts;

    Simulation(long seed, Mutant mutant) {
        random = new SplittableRandom(seed);
        baton = new Baton(random, this::look);
        shards = List.of(new SimShard(0, mutant, this), new SimShard(1, mutant, this));
        // Only a coordinator that stood still while a move began and was given up shows it: otherwise too seldom seen.
        boolean endsEarly = mutant == Mutant.LOOKS_BEFORE_THE_END;
        plan = endsEarly ? Plan.ABORT : anyOf(Plan.values());
        rules = new MoveRules(
                1 + random.nextInt(4),
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                Duration.ofMillis(50 + random.nextInt(400)));
        faults = chance(3) ? 0 : 100 + random.nextInt(300);
        kills = chance(4) ? 0 : 100 + random.nextInt(endsEarly ? 1 : 600);
        flips = mutant == Mutant.NOTHING_COMPARED || chance(10);
        poisons = !flips && chance(10);
        flipsOnTheWay = mutant == Mutant.COMPARED_KEYS_ARE_FORGOTTEN_LATER || (!flips && !poisons && chance(10));
        catalog.begin(move);
        furnish();
        int writers = 2 + random.nextInt(3);
        for (int i = 0; i < writers; i++) {
            clients.add(new SimWriter(this));
        }
        for (int i = 0; i < 3; i++) {
            clients.add(new SimReader(this));
        }
        clients.forEach(baton::add);
        shards.forEach(shard -> baton.add(new SimRelay(this, shard, chance(2) ? 8 : 40)));
    }

    private void furnish() {
        SimShard source = shard(0);
        SLOTS.stream().forEach(source::own);
        source.own(STAYS);
        for (int i = 0; i < 12; i++) {
            RowId post = newPost(anySlot());
            put(row(post, 1 + random.nextInt(2), chance(5)), post);
            if (chance(2)) {
                RowId comment = newComment(post);
                put(row(comment, 1, false), comment);
            }
            RowId key = anyKey(post.slot());
            put(row(key, 1, false), key);
        }
    }

    private void put(Row row, RowId id) {
        shard(0).rows(id.relation()).put(id.key(), row);
        truth.put(id, row);
        if (id.relation() == Relation.POST) {
            sent.put(id.key(), row.version());
        }
    }

    /** @throws Violation when something is not as it must be */
    void run() {
        baton.run();
    }

    /** How many statements it took. */
    long statements() {
        return baton.now();
    }

    /** How often a move was halted. */
    int halts() {
        return halts;
    }

    /** How many moves there were. */
    long moves() {
        return move;
    }

    /** How the last one ended. */
    MoveState end() {
        return catalog.state(move);
    }

    // What clients and shards ask.

    SimShard shard(int number) {
        return shards.get(number);
    }

    SimCatalog catalog() {
        return catalog;
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    long now() {
        return baton.now();
    }

    long some(int most) {
        return random.nextInt(most);
    }

    <T> T anyOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    Stream<Slot> slots() {
        return SLOTS.stream();
    }

    Slot anySlot() {
        return chance(12) ? STAYS : new Slot(1 + random.nextInt(5));
    }

    RowId newPost(Slot slot) {
        long millis = 1L + random.nextInt(1_000);
        return new RowId(
                Relation.POST,
                Key.of(PostId.of(millis, slot, (int) (posts++ % 1_024)).value(), 0));
    }

    RowId newComment(RowId post) {
        return new RowId(
                Relation.COMMENT,
                Key.of(post.key().a(), newPost(post.slot()).key().a()));
    }

    RowId anyKey(Slot slot) {
        return new RowId(Relation.IDEMPOTENCY_KEY, new Key(slot.number(), 1, "k" + random.nextInt(8)));
    }

    /** More rows would only make the run longer. */
    boolean hasRoom() {
        return truth.size() < 60;
    }

    @Nullable RowId anyPost(Slot slot) {
        List<RowId> found = truth.keySet().stream()
                .filter(id -> id.relation() == Relation.POST && id.slot().equals(slot))
                .toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    Row row(RowId id, long version, boolean deleted) {
        Key key = id.key();
        return new Row(
                version, deleted, key.a() * 31 + key.b() * 17 + key.name().hashCode() + version);
    }

    Map<RowId, Row> truth(Slot slot) {
        Map<RowId, Row> found = new TreeMap<>();
        truth.forEach((id, row) -> {
            if (id.slot().equals(slot)) {
                found.put(id, row);
            }
        });
        return found;
    }

    boolean isBusy() {
        return phase == Phase.MOVING && !standsStill;
    }

    boolean fails() {
        return isDisturbed() && faults > 0 && chance(faults);
    }

    private boolean isDisturbed() {
        return phase == Phase.MOVING && baton.now() < CALM;
    }

    // What they must not do.

    void committed(Map<RowId, Row> writes) {
        writes.forEach((id, row) -> {
            Row before = truth.get(id);
            long expected = before == null ? 1 : before.version() + 1;
            if (row.version() != expected || (before != null && before.deleted())) {
                throw new Violation(id + " became " + row + " after " + before);
            }
            truth.put(id, row);
        });
    }

    void missing(RowId id) {
        Row row = truth.get(id);
        if (row != null && !row.deleted()) {
            throw new Violation(id + " is gone");
        }
    }

    void sent(Event event) {
        long before = sent.getOrDefault(event.post(), 0L);
        if (event.version() > before + 1) {
            throw new Violation("version " + event.version() + " of " + event.post() + " leaves after " + before);
        }
        sent.put(event.post(), Math.max(before, event.version()));
    }

    void checkOwners(Slot slot) {
        long owners = shards.stream()
                .map(shard -> shard.standing(slot))
                .filter(standing -> standing != null && standing.state().isOwned())
                .count();
        if (owners > 1) {
            throw new Violation("slot " + slot + " has two owners");
        }
    }

    void checkReplica(SimShard from, SlotSet slots) {
        Map<RowId, Row> here = from.rowsOf(slots);
        Map<RowId, Row> there = shard(1 - from.number).rowsOf(slots);
        if (!here.equals(there)) {
            throw new Violation(
                    "slots " + slots + " leave shard " + from.number + " with " + here + ", the other has " + there);
        }
    }

    void halted(String why) {
        halts++;
        if (flipped == null && !hadPoison) {
            throw new Violation("halted without cause: " + why);
        }
    }

    // The operator and chance.

    private void look() {
        if (baton.now() > LONGEST) {
            throw new Violation("no end: " + phase + " " + plan + " " + catalog.state(move) + " " + catalog.wish(move)
                    + " " + catalog.halted(move) + " "
                    + shards.stream()
                            .map(shard -> shard.standing(SLOTS) + " " + shard.waiting(SLOTS) + " " + shard.outbox)
                            .toList());
        }
        switch (phase) {
            case MOVING -> {
                if (chance(10)) {
                    staff();
                    operate();
                }
                if (isDisturbed() && kills > 0 && chance(kills)) {
                    disturb();
                }
            }
            case ENDING -> {
                if (clients.stream().allMatch(SimClient::isIdle)
                        && shards.stream().allMatch(shard -> shard.outbox.isEmpty())) {
                    phase = Phase.QUIET;
                    until = baton.now() + AFTER;
                }
            }
            case QUIET -> {
                if (baton.now() > until) {
                    checkEnd();
                    baton.end();
                }
            }
        }
    }

    private void staff() {
        coordinators.removeIf(SimProcess::isDead);
        appliers.removeIf(SimProcess::isDead);
        if (coordinators.stream().allMatch(SimProcess::isFrozen)) {
            coordinators.add(SimProcess.start(baton, this::coordinate));
        }
        if (appliers.stream().allMatch(SimProcess::isFrozen) || (appliers.size() < 2 && chance(50))) {
            appliers.add(SimProcess.start(baton, this::apply));
        }
    }

    private Move theMove() {
        return new Move(move, 0, 1, SLOTS);
    }

    private void coordinate(SimProcess process) {
        Mover mover = new Mover(
                theMove(),
                new SimSide(this, shard(0), process),
                new SimSide(this, shard(1), process),
                catalog.new View(process),
                rules,
                () -> Instant.ofEpochMilli(baton.now()),
                SimShard.Refused.class::isInstance);
        turn(process, mover::step);
    }

    private void apply(SimProcess process) {
        Applier applier = new Applier(
                theMove(),
                new SimSide(this, shard(0), process),
                new SimSide(this, shard(1), process),
                catalog.new View(process),
                rules,
                SimShard.Refused.class::isInstance);
        turn(process, applier::round);
    }

    private interface Turn {
        boolean take();
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private void turn(SimProcess process, Turn turn) {
        while (true) {
            boolean busy;
            try {
                busy = turn.take();
            } catch (DataAccessResourceFailureException | SimShard.Refused | IllegalStateException failure) {
                busy = false;
            }
            if (!busy) {
                process.rest(10);
            }
            process.step();
        }
    }

    private void disturb() {
        List<SimProcess> all = new ArrayList<>(coordinators);
        all.addAll(appliers);
        if (all.isEmpty()) {
            return;
        }
        SimProcess one = all.get(random.nextInt(all.size()));
        switch (random.nextInt(4)) {
            case 0, 1 -> one.kill();
            case 2 -> one.freeze(50 + random.nextInt(200), chance(2));
            default -> one.freeze(500 + random.nextInt(3_000), true);
        }
    }

    private void operate() {
        MoveState state = catalog.state(move);
        Wish wish = catalog.wish(move);
        if (state == MoveState.DONE || state == MoveState.ROLLED_BACK) {
            over(state);
            return;
        }
        spoil(state);
        if (catalog.halted(move) != null && chance(10)) {
            repair();
            return;
        }
        if (wish == Wish.PAUSE) {
            if (chance(20)) {
                catalog.wish(move, Wish.RUN);
            }
            return;
        }
        if (isDisturbed() && wish == Wish.RUN && chance(60)) {
            catalog.wish(move, Wish.PAUSE);
            return;
        }
        switch (plan) {
            case FINISH -> {
                if (state == MoveState.NEW && wish != Wish.FINISH && isSettled() && chance(10)) {
                    catalog.wish(move, Wish.FINISH);
                }
            }
            case ROLLBACK_WHEN_NEW -> {
                if (state == MoveState.NEW && isSettled() && chance(20)) {
                    catalog.wish(move, Wish.ROLLBACK);
                }
            }
            case ROLLBACK, ABORT -> {
                if (chance(state == MoveState.SEAL ? 10 : 60)) {
                    catalog.wish(move, plan == Plan.ABORT ? Wish.ABORT : Wish.ROLLBACK);
                }
            }
        }
    }

    /** Whether the mirror was seen to be exact while nobody wrote. */
    private boolean isSettled() {
        standsStill = !compared;
        if (standsStill
                && clients.stream().allMatch(SimClient::isIdle)
                && shards.stream().allMatch(shard -> shard.waiting(SLOTS) == 0)) {
            checkReplica(shard(1), SLOTS);
            compared = true;
            standsStill = false;
        }
        return compared;
    }

    private void spoil(MoveState state) {
        SimShard target = shard(1);
        List<RowId> there = List.copyOf(target.rowsOf(SLOTS).keySet());
        if (flips && flipped == null && state == MoveState.BACKFILL && !there.isEmpty()) {
            RowId id = there.get(random.nextInt(there.size()));
            Row row = Objects.requireNonNull(target.row(id));
            target.rows(id.relation()).put(id.key(), new Row(row.version(), row.deleted(), ~row.content()));
            flipped = id;
        }
        if (poisons && !hadPoison && state != MoveState.OLD && chance(20)) {
            target.poison = anyPost(new Slot(1 + random.nextInt(5)));
            hadPoison = target.poison != null;
        }
    }

    /** As it is, or with a bit flipped on the way of the mirror. */
    Row arrives(SimShard at, RowId id, Row row) {
        boolean flip = flipsOnTheWay
                && flipped == null
                && at.number == 1
                && id.relation() == Relation.POST
                && catalog.state(move) == MoveState.SEAL
                && chance(3);
        if (!flip) {
            return row;
        }
        flipped = id;
        return new Row(row.version(), row.deleted(), ~row.content());
    }

    private void repair() {
        String why = Objects.requireNonNull(catalog.halted(move));
        RowId bad = flipped == null ? shard(1).poison : flipped;
        if (bad != null && !why.contains(Comparison.words(bad.relation(), bad.key()))) {
            throw new Violation("halted for another reason: " + why);
        }
        if (bad != null && bad.equals(flipped)) {
            Row row = shard(1).row(bad);
            if (row != null) {
                shard(1).rows(bad.relation()).put(bad.key(), row(bad, row.version(), row.deleted()));
            }
        }
        shard(1).poison = null;
        if (chance(2)) {
            catalog.resume(move);
        } else {
            catalog.wish(move, chance(2) ? Wish.ABORT : Wish.ROLLBACK);
            plan = Plan.ROLLBACK;
            catalog.resume(move);
        }
    }

    private void over(MoveState state) {
        if (state == MoveState.ROLLED_BACK && move == 1 && chance(2)) {
            move = 2;
            plan = Plan.FINISH;
            catalog.begin(move);
            compared = false;
            shard(1).poison = null;
            late.addAll(coordinators);
            late.addAll(appliers);
            coordinators.clear();
            appliers.clear();
            late.forEach(process -> process.freeze(100 + random.nextInt(3_000), true));
            return;
        }
        phase = Phase.ENDING;
        standsStill = true;
        coordinators.forEach(SimProcess::thaw);
        appliers.forEach(SimProcess::thaw);
        late.forEach(SimProcess::thaw);
    }

    private void checkEnd() {
        int owner = catalog.state(move) == MoveState.DONE ? 1 : 0;
        shard(owner).checkNothingIsLeft(SLOTS, true);
        shard(1 - owner).checkNothingIsLeft(SLOTS, false);
        truth.forEach((id, row) -> {
            Row found = shard(id.slot().equals(STAYS) ? 0 : owner).row(id);
            boolean fits = row.equals(found) || (row.deleted() && found == null);
            if (!fits) {
                throw new Violation(id + " is " + found + ", not " + row);
            }
            if (id.relation() == Relation.POST && sent.getOrDefault(id.key(), 0L) != row.version()) {
                throw new Violation("events of " + id + " are missing");
            }
        });
        SLOTS.stream().forEach(slot -> {
            Standing standing = Objects.requireNonNull(shard(owner).standing(slot));
            SimCatalog.Place place = catalog.place(slot);
            if (place.shard() != owner || standing.state() != SlotState.OWNER) {
                throw new Violation("slot " + slot + " is on shard " + owner + ", the catalog says " + place);
            }
        });
    }
}
