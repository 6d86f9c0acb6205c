package spillway.content.reshard;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import spillway.content.shard.PostgresFence;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/**
 * A shard's database as a side of moves: who has which slots, and who may do what with them.
 *
 * <p>Who waits for a slot's exclusive lock holds up all writers of the slot that come after it. So it waits for
 * {@link #LOCK_WAIT} at most, and the one who holds it loses it with its connection after {@link #SILENCE}.
 */
final class PostgresSide implements Side {

    private static final Duration LOCK_WAIT = Duration.ofMillis(20);

    /** A holder of exclusive locks that says nothing for so long is dead or stopped. */
    private static final Duration SILENCE = Duration.ofMillis(250);

    /** The same for one that has changes in hand. */
    private static final Duration SILENCE_IN_HAND = Duration.ofSeconds(2);

    /** Shared by those that write copies, exclusive for the one that makes sure that there are none. */
    private static final int RECEIVING = 0x510D;

    /** Exclusive for the end of a move, shared by what it ends. */
    private static final int ENDING = 0x510E;

    private final int shard;
    private final DataSource database;
    private final JdbcTemplate jdbc;
    private final SlotRows rows;
    private final TransactionTemplate transaction;

    PostgresSide(int shard, DataSource database) {
        this.shard = shard;
        this.database = database;
        this.jdbc = new JdbcTemplate(database);
        this.rows = new SlotRows(jdbc);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    @Override
    public int shard() {
        return shard;
    }

    @Override
    public Map<Slot, Standing> standing(SlotSet slots) {
        return jdbc.query(
                "SELECT slot, state, epoch, peer FROM slot_state WHERE slot = ANY (?)",
                PostgresFence::standing,
                (Object) numbers(slots));
    }

    @Override
    public void follow(long move, int peer, Map<Slot, Long> epochs) {
        transaction.executeWithoutResult(status -> {
            unlessEnded(move);
            jdbc.update("""
                    INSERT INTO slot_state (slot, state, epoch, peer, move)
                    SELECT slot, 'REPLICA', epoch, ?, ? FROM unnest(?, ?) AS known (slot, epoch)
                    WHERE NOT EXISTS (SELECT FROM ended_move WHERE move = ?)
                    ON CONFLICT DO NOTHING""", peer, move, slots(epochs), epochs(epochs), move);
        });
    }

    @Override
    public boolean mirror(long move, SlotSet slots, int peer) {
        return lockingOut(slots, () -> {
            unlessEnded(move);
            jdbc.update("""
                    UPDATE slot_state SET state = 'MIRRORING', peer = ?, move = ?
                    WHERE slot = ANY (?) AND state = 'OWNER' AND NOT EXISTS (SELECT FROM ended_move e WHERE e.move = ?)""", peer, move, numbers(slots), move);
        });
    }

    /** The look at {@code ended_move} is the next statement's, whose snapshot is from after the wait. */
    private void unlessEnded(long move) {
        jdbc.execute("SELECT pg_advisory_xact_lock_shared(" + ENDING + ", " + (int) move + ")");
    }

    @Override
    public void end(long move) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute("SELECT pg_advisory_xact_lock(" + ENDING + ", " + (int) move + ")");
            jdbc.update("INSERT INTO ended_move (move) VALUES (?) ON CONFLICT DO NOTHING", move);
        });
    }

    @Override
    public boolean stopMirroring(long move, SlotSet slots) {
        return lockingOut(slots, () -> {
            int[] stopped = numbers(SlotSet.of(jdbc.queryForList("""
                            UPDATE slot_state SET state = 'OWNER', peer = NULL, move = NULL
                            WHERE slot = ANY (?) AND state = 'MIRRORING' AND move = ? RETURNING slot""", Integer.class, numbers(slots), move).stream()
                    .mapToInt(Integer::intValue)));
            jdbc.update("DELETE FROM change WHERE slot = ANY (?)", (Object) stopped);
            jdbc.update("DELETE FROM changed WHERE slot = ANY (?)", (Object) stopped);
        });
    }

    private boolean lockingOut(SlotSet slots, Runnable work) {
        try {
            transaction.executeWithoutResult(status -> {
                lockExclusively(jdbc, slots);
                work.run();
            });
            return true;
        } catch (DataAccessException e) {
            if (isNotInTime(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Sent together, since whoever comes now waits. Ascending, as everybody locks slots. */
    private static void lockExclusively(JdbcTemplate in, SlotSet slots) {
        String numbers = slots.numbers().mapToObj(Integer::toString).collect(Collectors.joining(","));
        in.execute("SET LOCAL lock_timeout = " + LOCK_WAIT.toMillis() + "; SET LOCAL statement_timeout = "
                + 2 * LOCK_WAIT.toMillis() + "; SET LOCAL idle_in_transaction_session_timeout = " + SILENCE.toMillis()
                + "; SELECT count(pg_advisory_xact_lock(" + PostgresFence.LOCKS + ", slot)) FROM unnest('{" + numbers
                + "}'::integer[]) AS slot; SET LOCAL statement_timeout = " + 10 * SILENCE.toMillis());
    }

    @Override
    public boolean forget(long move, SlotSet slots, int most) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            SlotSet left = replicas(move, slots);
            if (left.isEmpty()) {
                return true;
            }
            for (Relation relation : Relation.values()) {
                if (rows.delete(relation, left, most) > 0) {
                    return false;
                }
            }
            return forgetStanding(move, left);
        }));
    }

    /** Held as they are to the end of the transaction: a late call must not delete what another move has brought. */
    private SlotSet replicas(long move, SlotSet slots) {
        return SlotSet.of(jdbc
                .queryForList(
                        "SELECT slot FROM slot_state WHERE slot = ANY (?) AND state = 'REPLICA' AND move = ? FOR UPDATE",
                        Integer.class,
                        numbers(slots),
                        move)
                .stream()
                .mapToInt(Integer::intValue));
    }

    private boolean forgetStanding(long move, SlotSet slots) {
        jdbc.execute("SELECT pg_advisory_xact_lock(" + RECEIVING + ", 0)");
        for (Relation relation : Relation.values()) {
            if (rows.hasAny(relation, slots)) {
                return false;
            }
        }
        jdbc.update(
                "DELETE FROM slot_state WHERE slot = ANY (?) AND state = 'REPLICA' AND move = ?", numbers(slots), move);
        jdbc.update("DELETE FROM changed WHERE slot = ANY (?)", (Object) numbers(slots));
        jdbc.update("DELETE FROM copy_progress WHERE move = ?", move);
        return true;
    }

    @Override
    public void receive(List<Image> images, Map<Slot, Long> epochs) {
        transaction.executeWithoutResult(status -> {
            requireReplica(epochs);
            images.forEach(rows::write);
        });
    }

    @Override
    public void receive(Image image, Map<Slot, Long> epochs, long move, Span span) {
        transaction.executeWithoutResult(status -> {
            requireReplica(epochs);
            if (rows.hasRows(span, SlotSet.of(epochs.keySet())) || !rows.isWrittenToTheEmptySpan(image, status)) {
                rows.write(image);
            }
            jdbc.update(
                    """
                    INSERT INTO copy_progress (move, relation, a, b, name, rows) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (move, relation) DO UPDATE SET a = excluded.a, b = excluded.b, name = excluded.name,
                        rows = copy_progress.rows + excluded.rows""",
                    move,
                    span.relation().name(),
                    span.last().a(),
                    span.last().b(),
                    span.last().name(),
                    image.count());
        });
    }

    /**
     * Whoever takes a slot over meanwhile is not waited for: what is written has its version, and the newer one stays.
     *
     * <p>Epochs are compared here and not by a join with {@code unnest}: of an array that is a parameter the planner does not
     * know the length, and takes a nested loop, slots times slots.
     */
    private void requireReplica(Map<Slot, Long> epochs) {
        jdbc.execute("SELECT pg_advisory_xact_lock_shared(" + RECEIVING + ", 0)");
        SlotSet slots = SlotSet.of(epochs.keySet());
        Map<Slot, Long> replicas = Way.epochs(standing(slots), standing -> standing.state() == SlotState.REPLICA);
        if (epochs.isEmpty() || !replicas.equals(epochs)) {
            throw new NotReplica(shard, slots.toString());
        }
    }

    @Override
    public Copied progress(long move, Relation relation) {
        return jdbc
                .query(
                        "SELECT a, b, name, rows FROM copy_progress WHERE move = ? AND relation = ?",
                        (row, n) -> new Copied(
                                new Key(row.getLong("a"), row.getLong("b"), row.getString("name")),
                                row.getLong("rows")),
                        move,
                        relation.name())
                .stream()
                .findFirst()
                .orElse(Copied.NOTHING);
    }

    @Override
    public Changes changes(SlotSet slots, int most) {
        return inTransaction(own -> {
            // Changes whose end is lost in a crash arrive once more, which changes nothing: no flush is worth the wait.
            own.jdbc().execute(inHand());
            return ChangesInHand.take(own, slots, most);
        });
    }

    private static String inHand() {
        return "SET LOCAL idle_in_transaction_session_timeout = " + SILENCE_IN_HAND.toMillis()
                + "; SET LOCAL synchronous_commit = off";
    }

    /** A transaction that outlives the call, on a connection of its own. */
    private <T> T inTransaction(Function<Handle, T> begin) {
        Handle handle = Handle.open(database);
        try {
            return begin.apply(handle);
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public long waiting(SlotSet slots) {
        return count("SELECT count(*) FROM change WHERE slot = ANY (?)", slots);
    }

    private long count(String sql, SlotSet slots) {
        Long count = jdbc.queryForObject(sql, Long.class, (Object) numbers(slots));
        return count == null ? 0 : count;
    }

    @Override
    public void forgetChanged(SlotSet slots) {
        jdbc.update("DELETE FROM changed WHERE slot = ANY (?)", (Object) numbers(slots));
    }

    @Override
    public Optional<Seal> seal(long move, SlotSet slots) {
        try {
            return inTransaction(own -> {
                lockExclusively(own.jdbc(), slots);
                return Optional.of(new HeldSeal(own, move, slots));
            });
        } catch (DataAccessException e) {
            if (isNotInTime(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Mirrored mirrored(SlotSet slots, int most) {
        return inTransaction(own -> {
            // Keys that were compared and come back after a crash are compared once more.
            own.jdbc().execute(inHand());
            return MirroredInHand.take(own, slots, most);
        });
    }

    @Override
    public Optional<HandedOver> handOver(long move, Map<Slot, Long> group) {
        try (Handle own = Handle.open(database)) {
            return HandoverAtOnce.attempt(own, move, group);
        }
    }

    @Override
    public void takeOver(Map<Slot, Long> epochs) {
        jdbc.update("""
                UPDATE slot_state SET state = 'MIRRORING', epoch = known.epoch
                FROM unnest(?, ?) AS known (slot, epoch)
                WHERE slot_state.slot = known.slot AND state = 'REPLICA' AND slot_state.epoch < known.epoch""", slots(epochs), epochs(epochs));
    }

    /** Lock not available, or the statement that waited for it cancelled; Spring has no exception for the former. */
    private static boolean isNotInTime(DataAccessException e) {
        return e.getRootCause() instanceof SQLException sql
                && ("55P03".equals(sql.getSQLState()) || "57014".equals(sql.getSQLState()));
    }

    @Override
    public Span next(Relation relation, Key after, int most) {
        return rows.next(relation, after, most);
    }

    @Override
    public Image read(Span span, SlotSet slots) {
        return rows.read(span, slots);
    }

    @Override
    public void countRows() {
        rows.countRows();
    }

    @Override
    public Digest digest(Span span, SlotSet slots) {
        return rows.digest(span, slots);
    }

    @Override
    public Map<Key, Long> hashes(Span span, SlotSet slots) {
        return rows.hashes(span, slots);
    }

    @Override
    public Map<Relation, Map<Key, Long>> hashes(Map<Relation, ? extends Collection<Key>> keys) {
        return rows.hashes(keys);
    }

    /** In the order of {@link #epochs}. */
    static int[] slots(Map<Slot, Long> epochs) {
        return epochs.keySet().stream().mapToInt(Slot::number).toArray();
    }

    /** In the order of {@link #slots}. */
    static long[] epochs(Map<Slot, Long> epochs) {
        return epochs.values().stream().mapToLong(Long::longValue).toArray();
    }

    static int[] numbers(SlotSet slots) {
        return slots.numbers().toArray();
    }
}
