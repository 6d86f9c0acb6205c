package spillway.content.reshard;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spillway.content.shard.SlotSet;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/**
 * What a move does at one of its two shards.
 *
 * <p>A shard remembers for each slot which move it takes part in, so that a call of a coordinator that was overtaken, and
 * does not know it yet, changes nothing of another move.
 *
 * <p>Each call is one transaction, except where a handle is returned. When a call fails because the shard could not be
 * reached ({@link org.springframework.dao.DataAccessException}), it has happened or not; every call may be made again.
 * Thread-safe; a handle belongs to one thread.
 */
interface Side {

    /** Number of the shard. */
    int shard();

    /** Slots that the shard does not know are absent. */
    Map<Slot, Standing> standing(SlotSet slots);

    /** Unknown slots become REPLICA of the peer for this move; known ones stay. Without effect after {@link #end}. */
    void follow(long move, int peer, Map<Slot, Long> epochs);

    /**
     * OWNER to MIRRORING for this move, under the exclusive locks of the slots: writes that began before have ended, later
     * ones note what they change. Other slots stay as they are. Without effect after {@link #end}.
     *
     * @return false when the locks were not to be had in time: nothing happened
     */
    boolean mirror(long move, SlotSet slots, int peer);

    /** From now on {@link #follow} and {@link #mirror} of this move, under way or late, have no effect here. */
    void end(long move);

    /**
     * MIRRORING for this move to OWNER, under the exclusive locks of the slots, so that no write still notes anything; what
     * was noted is dropped, and which keys were mirrored.
     *
     * @return false when the locks were not to be had in time: nothing happened
     */
    boolean stopMirroring(long move, SlotSet slots);

    /**
     * Deletes the rows of slots that are REPLICA for this move, a bounded number in each call, and in the end their standing,
     * in one transaction with the look that finds no row left: whoever still receives either is seen or sees no replica.
     *
     * @param rows at most so many are deleted
     * @return whether nothing is left
     */
    boolean forget(long move, SlotSet slots, int rows);

    /** The next piece of a relation, of about {@code rows} rows of any slot. */
    Span next(Relation relation, Key after, int rows);

    /** The rows of the slots in a span. */
    Image read(Span span, SlotSet slots);

    /**
     * Writes rows unless a newer version is there: a post's higher version wins, tombstones are versions; comments and
     * idempotency keys never change. All of the images or none.
     *
     * @param epochs of all slots of the move, at which they have to be REPLICA here
     * @throws NotReplica when one is not; then nothing was written
     */
    void receive(List<Image> images, Map<Slot, Long> epochs);

    /** The same of one, and with it how far a move's backfill has come. */
    void receive(Image image, Map<Slot, Long> epochs, long move, Span span);

    /** Lets the planner know what has arrived, before anybody's reads depend on it. */
    void countRows();

    /** How far a move's backfill has come. */
    Copied progress(long move, Relation relation);

    /**
     * Takes up to {@code most} noted changes of the slots that nobody else has in hand, and reads the rows as they are
     * now.
     */
    Changes changes(SlotSet slots, int most);

    /** Changes that nobody has committed the {@link Changes#done} of, those in others' hands included. */
    long waiting(SlotSet slots);

    /** Forgets which keys were mirrored so far. */
    void forgetChanged(SlotSet slots);

    Digest digest(Span span, SlotSet slots);

    /** Each row's hash. */
    Map<Key, Long> hashes(Span span, SlotSet slots);

    /** The same of rows named, by one question; those that are not there are absent. */
    Map<Relation, Map<Key, Long>> hashes(Map<Relation, ? extends Collection<Key>> keys);

    /**
     * Locks writers of the slots out, or returns empty when the locks were not to be had in time: whoever came meanwhile has
     * waited for nothing.
     */
    Optional<Seal> seal(long move, SlotSet slots);

    /**
     * Takes the keys that were mirrored out of the notes, at most so many: whoever mirrors one of them again waits until this
     * ends, and notes it anew.
     */
    Mirrored mirrored(SlotSet slots, int most);

    /**
     * The handover as one call, where it can be had without waiting: nobody is writing the slots at this moment, no change is
     * left to mirror, no event has to leave, and no mirrored key is left to compare. Then each slot goes to the peer as by
     * {@link Seal#handOver}.
     *
     * @param group slots that are MIRRORING for the move, with their epochs
     * @return empty when any of this is not so: then nothing has happened, and nobody was kept waiting
     */
    Optional<HandedOver> handOver(long move, Map<Slot, Long> group);

    /**
     * Slots that were given away.
     *
     * @param epochs the new ones
     * @param held how long writers were kept out, by the shard's own clock
     */
    record HandedOver(Map<Slot, Long> epochs, Duration held) {}

    /** REPLICA to MIRRORING back to the peer, where the epoch given is newer than the one known here. */
    void takeOver(Map<Slot, Long> epochs);

    /** Changes in hand. */
    interface Changes extends AutoCloseable {

        /** The rows, at most one image per relation; a change whose row is gone has none. */
        List<Image> images();

        boolean isEmpty();

        /** How many. */
        int count();

        /** What changed. */
        Map<Relation, List<Key>> keys();

        /** They have arrived: they are noted as mirrored and are changes no more. */
        void done();

        /** Without {@link #done} they are as before. */
        @Override
        void close();
    }

    /** Keys of rows that were mirrored, in hand. */
    interface Mirrored extends AutoCloseable {

        Map<Relation, List<Key>> keys();

        /** They are noted no more. */
        void forget();

        /** Without {@link #forget} they are noted as before. */
        @Override
        void close();
    }

    /** Writers of some slots are locked out until this is closed, or for so long that its holder must be taken for dead. */
    interface Seal extends AutoCloseable {

        /** All that has to be known before a handover, by one question: writers wait. */
        Look look();

        /**
         * Gives the slots to the peer: MIRRORING to REPLICA, each epoch one up, in the transaction that holds the locks. Its
         * commit is the handover: before it this shard is the owner, after it the peer is, whoever dies.
         *
         * @return the new epochs
         * @throws IllegalStateException when not all the slots are MIRRORING for this move: then none is handed over
         */
        Map<Slot, Long> handOver();

        @Override
        void close();

        /**
         * What is found under a seal.
         *
         * @param epochs of those of the slots that are MIRRORING for the move
         * @param waiting as {@link Side#waiting}
         * @param events of the slots that have not left for Kafka
         * @param changed keys mirrored since {@link Side#forgetChanged}
         */
        record Look(Map<Slot, Long> epochs, long waiting, long events, Map<Relation, List<Key>> changed) {}
    }
}
