package spillway.content.reshard;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** What the catalog knows of moves. Each call is one transaction, and may be made again. Thread-safe. */
interface Journal {

    Entry entry(long move);

    /** Compare and set; false when the move was not in {@code from} any more. In its new state it is not halted. */
    boolean advance(long move, MoveState from, MoveState to);

    /**
     * Tells routers where slots are, each as of the epoch given; what is known of a later epoch stays. A hint: the shards
     * themselves know.
     */
    void assign(Map<Slot, Long> epochs, int shard);

    /**
     * How long writes of a group of slots had to wait for an attempt to hand it over, from the first lock asked for to the
     * take-over, or until it was given up.
     */
    void paused(long move, SlotSet slots, Duration pause);

    /** For people: what has been copied, verified, and what is behind. */
    void report(long move, Progress progress);

    /** Nothing happens when the move is in another state: then what was found there is of no interest any more. */
    void halt(long move, MoveState during, String why);

    /**
     * A move's.
     *
     * @param halted why the move does not go on, until the operator says so; null: it does
     */
    record Entry(MoveState state, Wish wish, @Nullable String halted) {}

    /**
     * For people.
     *
     * @param copied rows received by the target in the backfill
     * @param waiting changes not mirrored yet
     * @param verified pieces compared and found equal in the present pass
     * @param differences rows that differed when last looked at
     * @param handedOver slots that the target owns
     */
    record Progress(long copied, long waiting, long verified, long differences, int handedOver) {}
}
