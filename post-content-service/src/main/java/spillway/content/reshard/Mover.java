package spillway.content.reshard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import spillway.content.reshard.Handover.Outcome;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/**
 * Brings one move from state to state, in steps each of which is bounded and may be made again. Not thread-safe.
 *
 * <pre>
 * state         what is done in it                                              left when, for
 * OLD           the target follows, then the source mirrors, group by group     every slot mirrors: MIRROR
 * MIRROR        nothing                                                         at once: BACKFILL
 * BACKFILL      posts, comments, idempotency keys are copied chunk by chunk     all are: VERIFY
 * VERIFY        one pass compares all rows, owner against replica               the pass was clean: SEAL
 * SEAL          groups of slots are handed over, one after the other            the target owns all: NEW
 * NEW           nothing; the source is kept up to date                          the wish is FINISH: FINISHING
 * FINISHING     the target stops mirroring, the source forgets                  nothing is left: DONE
 * ROLLING_BACK  slots that were handed over are handed back; the source stops
 *               mirroring, the target forgets                                   nothing is left: ROLLED_BACK
 * DONE, ROLLED_BACK  nothing                                                    never
 *
 * any state up to NEW, also when halted: the wish is ABORT or ROLLBACK          ROLLING_BACK
 * </pre>
 *
 * With the wish PAUSE, or when halted, no step is made; mirroring is the business of an {@link Applier} and goes on. Every
 * transition compares and sets, and nothing that matters is remembered here but the progress of the pass, which begins anew
 * in another coordinator. So it may be killed anywhere, and one that was overtaken harms nobody: what it does at the shards
 * is tied to the move and to epochs there.
 *
 * <p>The orders that matter. The target follows before the source mirrors, so that a change always finds a replica, and one
 * that finds none was overtaken. All slots mirror before the first row is copied: a write that nobody noted may commit after
 * its chunk was read. What was mirrored so far is forgotten before the pass begins, and not while it runs: a row is either
 * compared by the pass as it stays, or was changed since and is compared under the seal. A shard forgets only when the other
 * owns every slot and mirrors none: from then on no seal, however late, hands over anything.
 */
final class Mover {

    /** Of the keys that differ so many are named. */
    private static final int NAMED = 10;

    /**
     * So many groups begin or cease to mirror together: all their writers wait for is one update, and each such step is a commit
     * that all wait behind.
     */
    private static final int PLAIN_GROUPS = 2;

    /** Attempts in a row that met something in the way, each at other slots; the next one waits for it to go. */
    private static final int PATIENCE = 10;

    private final Move move;
    private final Way way;
    private final Journal journal;
    private final MoveRules rules;
    private final InstantSource clock;
    private final Backfill backfill;
    private @Nullable Comparison pass;
    private int group;
    private int turn;
    private int refused;
    private boolean told;
    private boolean ended;
    private Left left;
    private long differences;
    private Duration pause;

    Mover(
            Move move,
            Side source,
            Side target,
            Journal journal,
            MoveRules rules,
            InstantSource clock,
            Predicate<RuntimeException> liesInTheRow) {
        this.move = move;
        this.way = new Way(source, target);
        this.journal = journal;
        this.rules = rules;
        this.clock = clock;
        this.backfill = new Backfill(move, way, rules, liesInTheRow);
        this.group = rules.group();
        this.pause = rules.pause();
        this.left = nothingLeft();
    }

    private Left nothingLeft() {
        return new Left(way, Map.of());
    }

    /**
     * Does a little.
     *
     * @return false when there is nothing to do at this moment: wished so, halted, over, or something is in the way
     */
    boolean step() {
        Journal.Entry entry = journal.entry(move.id());
        MoveState state = entry.state();
        Wish wish = entry.wish();
        if (turnsBack(state, wish)) {
            return journal.advance(move.id(), state, MoveState.ROLLING_BACK);
        }
        if (wish == Wish.PAUSE || entry.halted() != null) {
            return false;
        }
        try {
            return switch (state) {
                case OLD -> begin();
                case MIRROR -> journal.advance(move.id(), state, MoveState.BACKFILL);
                case BACKFILL -> copy();
                case VERIFY -> compare();
                case SEAL -> seal();
                case NEW -> wish == Wish.FINISH && journal.advance(move.id(), state, MoveState.FINISHING);
                case FINISHING -> part(way.back().standings(move.slots()), state, MoveState.DONE);
                case ROLLING_BACK -> turnBack();
                case DONE, ROLLED_BACK -> false;
            };
        } catch (NotReplica overtaken) {
            return false;
        }
    }

    /** Says how far the move is; costs some queries, so not after every step. */
    void report() {
        long copied = 0;
        for (Relation relation : Relation.values()) {
            copied += way.to().progress(move.id(), relation).rows();
        }
        long handedOver = way.to().standing(move.slots()).values().stream()
                .filter(standing -> standing.state().isOwned())
                .count();
        journal.report(
                move.id(),
                new Journal.Progress(
                        copied,
                        way.from().waiting(move.slots()) + way.to().waiting(move.slots()),
                        pass == null ? 0 : pass.equal(),
                        differences,
                        Math.toIntExact(handedOver)));
    }

    private static boolean turnsBack(MoveState state, Wish wish) {
        boolean back = switch (wish) {
            case ABORT, ROLLBACK -> true;
            case RUN, PAUSE, FINISH -> false;
        };
        return back
                && switch (state) {
                    case OLD, MIRROR, BACKFILL, VERIFY, SEAL, NEW -> true;
                    case FINISHING, DONE, ROLLING_BACK, ROLLED_BACK -> false;
                };
    }

    private boolean begin() {
        Map<Slot, Standing> here = way.from().standing(move.slots());
        Map<Slot, Long> plain = Way.epochs(here, standing -> standing.state() == SlotState.OWNER);
        Map<Slot, Long> mirrored = Way.epochs(here, way::isMirrored);
        if (plain.size() + mirrored.size() < move.slots().size()) {
            return halt(MoveState.OLD, "shard " + move.source() + " does not own all the slots");
        }
        if (plain.isEmpty()) {
            return journal.advance(move.id(), MoveState.OLD, MoveState.MIRROR);
        }
        if (!isFollowed(plain)) {
            way.to().follow(move.id(), move.source(), plain);
            if (!isFollowed(plain)) {
                return halt(MoveState.OLD, "shard " + move.target() + " knows some of the slots already");
            }
        }
        return way.from().mirror(move.id(), firstGroup(plain), move.target());
    }

    private boolean isFollowed(Map<Slot, Long> slots) {
        Map<Slot, Standing> there = way.to().standing(SlotSet.of(slots.keySet()));
        return Way.epochs(there, way::isReplica).keySet().containsAll(slots.keySet());
    }

    private boolean copy() {
        return switch (backfill.copyNext()) {
            case Backfill.Outcome.Copied copied -> true;
            case Backfill.Outcome.Complete complete -> {
                way.to().countRows();
                yield journal.advance(move.id(), MoveState.BACKFILL, MoveState.VERIFY);
            }
            case Backfill.Outcome.Overtaken overtaken -> false;
            case Backfill.Outcome.Refused refused -> halt(MoveState.BACKFILL, refused.why());
        };
    }

    private boolean compare() {
        Comparison under = pass;
        if (under == null) {
            way.from().forgetChanged(move.slots());
            under = new Comparison(way, move.slots(), rules);
            pass = under;
        }
        if (under.isComplete()) {
            return journal.advance(move.id(), MoveState.VERIFY, MoveState.SEAL);
        }
        boolean told = under.compareNext();
        differences = under.differences().size();
        if (differences > 0) {
            pass = null;
            return differ(MoveState.VERIFY, under.differences());
        }
        return told;
    }

    private boolean seal() {
        if (left.isFor(way)) {
            return handOver(left, MoveState.SEAL);
        }
        Standings now = way.standings(move.slots());
        if (takesOver(now) || takesOver(now.back())) {
            return true;
        }
        Left here = new Left(way, now.mirrored());
        if (here.isFor(way)) {
            return handOver(here, MoveState.SEAL);
        }
        Map<Slot, Long> moved = now.back().mirrored();
        if (moved.size() < move.slots().size()) {
            return false;
        }
        journal.assign(moved, move.target());
        // Whoever waits for the new state to look sees all slots handed over.
        report();
        return journal.advance(move.id(), MoveState.SEAL, MoveState.NEW);
    }

    private boolean turnBack() {
        if (left.isFor(way.back())) {
            return handOver(left, MoveState.ROLLING_BACK);
        }
        Standings now = way.standings(move.slots());
        if (takesOver(now) || takesOver(now.back())) {
            return true;
        }
        Left there = new Left(way.back(), now.back().mirrored());
        return there.isFor(way.back())
                ? handOver(there, MoveState.ROLLING_BACK)
                : part(now, MoveState.ROLLING_BACK, MoveState.ROLLED_BACK);
    }

    /**
     * Slots that are to be handed over, with their epochs, as they stood at the last look. One look is enough for as long as
     * handovers succeed: each is tied to epochs, so that what is no longer so fails, and is looked at again.
     */
    private record Left(Way way, Map<Slot, Long> epochs) {

        boolean isFor(Way wanted) {
            return way.equals(wanted) && !epochs.isEmpty();
        }

        Left without(Set<Slot> slots) {
            Map<Slot, Long> others = new HashMap<>(epochs);
            others.keySet().removeAll(slots);
            return new Left(way, others);
        }
    }

    /**
     * Completes what a coordinator left that died between the commits of the two shards, where no writer has come since.
     *
     * @return whether there was anything: then the standings have changed
     */
    private static boolean takesOver(Standings now) {
        Map<Slot, Long> epochs = now.underWay();
        if (epochs.isEmpty()) {
            return false;
        }
        now.way().to().takeOver(epochs);
        return true;
    }

    private boolean handOver(Left before, MoveState during) {
        left = nothingLeft();
        Way each = before.way();
        List<SlotSet> groups = SlotSet.of(before.epochs().keySet()).pieces(group);
        SlotSet slots = groups.get(turn % groups.size());
        Map<Slot, Long> epochs = new HashMap<>(before.epochs());
        epochs.keySet().removeIf(slot -> !slots.contains(slot));
        Handover.Attempt attempt =
                new Handover(move.id(), each, rules, clock).attempt(epochs, pause, refused >= PATIENCE);
        if (attempt.held().isPositive()) {
            journal.paused(move.id(), slots, attempt.held());
        }
        return switch (attempt.outcome()) {
            case Outcome.Done done -> {
                refused = 0;
                journal.assign(done.epochs(), each.to().shard());
                left = before.without(done.epochs().keySet());
                yield true;
            }
            case Outcome.Later later -> {
                turn++;
                refused++;
                yield false;
            }
            case Outcome.TooLong tooLong -> {
                if (slots.size() > 1) {
                    group = slots.size() / 2;
                } else {
                    pause = pause.multipliedBy(2);
                }
                yield false;
            }
            case Outcome.Different different -> differ(during, different.rows());
        };
    }

    /** One shard keeps the slots for itself, the other forgets them. */
    private boolean part(Standings now, MoveState during, MoveState end) {
        Way kept = now.way();
        if (!ended) {
            kept.from().end(move.id());
            kept.to().end(move.id());
            ended = true;
            // What counts is how things stand when no late call can change it any more.
            return true;
        }
        Map<Slot, Long> mirrored = now.mirrored();
        if (!mirrored.isEmpty()) {
            return kept.from().stopMirroring(move.id(), firstGroup(mirrored));
        }
        Map<Slot, Long> owned = Way.epochs(now.from(), standing -> standing.state() == SlotState.OWNER);
        if (owned.size() < move.slots().size()) {
            return false;
        }
        if (!told) {
            journal.assign(owned, kept.from().shard());
            told = true;
        }
        if (!kept.to().forget(move.id(), move.slots(), rules.chunk())) {
            return true;
        }
        return journal.advance(move.id(), during, end);
    }

    private SlotSet firstGroup(Map<Slot, Long> slots) {
        return SlotSet.of(slots.keySet()).pieces(PLAIN_GROUPS * rules.group()).getFirst();
    }

    private boolean differ(MoveState during, List<String> rows) {
        String named = rows.stream().limit(NAMED).collect(Collectors.joining(", "));
        String more = rows.size() > NAMED ? " and " + (rows.size() - NAMED) + " more" : "";
        return halt(during, "shards " + move.source() + " and " + move.target() + " differ in " + named + more);
    }

    private boolean halt(MoveState during, String why) {
        journal.halt(move.id(), during, why);
        return false;
    }
}
