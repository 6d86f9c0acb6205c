package spillway.batcher.collapse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import spillway.batcher.collapse.CounterStore.Move;
import spillway.batcher.collapse.CounterStore.Reply;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/**
 * One partition of a log on its way into the counts. Owned by one thread.
 *
 * <pre>
 * state     event                                      next      effect
 * UNPLACED  watermarks read                            RUNNING   read on at the lowest watermark + 1
 * UNPLACED  record                                     UNPLACED  dropped: it comes again after placing
 * RUNNING   record at or below its bucket's watermark  RUNNING   skipped: it was applied
 * RUNNING   record above it                            RUNNING   folded
 * RUNNING   flush sent                                 FLUSHING  every bucket that is behind compares and moves, without changes too
 * FLUSHING  record above the window that was sent      FLUSHING  folded into the next one: the store works meanwhile
 * FLUSHING  all of them moved                          RUNNING   watermarks = last offset of the window
 * FLUSHING  a bucket was fenced, or an answer failed   UNPLACED  that window is dropped, and what was folded since
 * any       watermarks of another topic, or past the log's end: {@link LogUnusable}
 * </pre>
 *
 * <p>Why each record counts exactly once: what a bucket holds is a function of the log up to its watermark. A window is
 * applied together with its watermark or not at all, and only on top of the watermark it was read after; so a record
 * replayed after a crash is skipped, the window of a stalled twin is refused, and a store that lost writes lost them on
 * both sides and is replayed. Buckets move one by one: after a flush that half arrived their watermarks differ, and the
 * lowest decides where to read on.
 */
public class PartitionBatch {

    /** Where the partition stands, see the table above. */
    public enum State {
        UNPLACED,
        RUNNING,
        FLUSHING
    }

    private final int partition;
    private final CounterStore store;
    private final Window window;
    private final Watermark[] watermarks = new Watermark[CounterLayout.BUCKETS];
    private final List<CompletableFuture<Reply>> replies = new ArrayList<>();
    private State state = State.UNPLACED;
    private String topicId = "";
    private Watermark sent = Watermark.NONE;
    private HeatTally tally = new HeatTally();

    /** @param window shared by the partitions of one thread: it is empty again when {@link #flush} returns */
    public PartitionBatch(int partition, CounterStore store, Window window) {
        this.partition = partition;
        this.store = store;
        this.window = window;
        Arrays.fill(watermarks, Watermark.NONE);
    }

    public State state() {
        return state;
    }

    /**
     * Takes the stored watermarks as the truth.
     *
     * @param currentTopicId id of the topic as it is now
     * @param stored one watermark per bucket
     * @param end offset that the log's next record will have
     * @return the offset to read on from
     * @throws LogUnusable when the watermarks are not of this log
     */
    public long place(String currentTopicId, List<Watermark> stored, long end) {
        require(State.UNPLACED, "place");
        long lowest = Long.MAX_VALUE;
        for (int bucket = 0; bucket < watermarks.length; bucket++) {
            Watermark watermark = stored.get(bucket);
            if (!watermark.isNone() && !watermark.topicId().equals(currentTopicId)) {
                throw new LogUnusable("partition " + partition + ": counted from topic " + watermark.topicId()
                        + ", but the topic of that name is now " + currentTopicId);
            }
            if (watermark.offset() >= end) {
                throw new LogUnusable("partition " + partition + ": counted up to offset " + watermark.offset()
                        + ", but the log ends at " + end);
            }
            watermarks[bucket] = watermark;
            lowest = Math.min(lowest, watermark.offset());
        }
        topicId = currentTopicId;
        state = State.RUNNING;
        return lowest + 1;
    }

    /**
     * Takes one operation of the record at {@code offset}.
     *
     * @param sequence the client's own, 0 for none
     * @param acceptedAt milliseconds since the epoch
     */
    public void add(long offset, long post, long member, boolean added, long sequence, long acceptedAt) {
        if (state == State.UNPLACED) {
            throw wrong("add", "RUNNING or FLUSHING");
        }
        int bucket = bucket(post);
        if (!applied(bucket, offset)) {
            window.fold(bucket).put(post, member, added, sequence, acceptedAt);
        }
    }

    /** The first offset that may not be applied: from there the log is needed again when a flush goes wrong. */
    public long unapplied() {
        return 1 + Stream.of(watermarks).mapToLong(Watermark::offset).min().orElseThrow();
    }

    /** Whether some bucket has passed the offset: then all that must precede its flush was done before. */
    public boolean passed(long offset) {
        for (Watermark watermark : watermarks) {
            if (watermark.offset() >= offset) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sends the window, without waiting for the answers.
     *
     * @param through offset of the last record taken or left out
     */
    public void flush(long through) {
        require(State.RUNNING, "flush");
        sent = new Watermark(topicId, through);
        state = State.FLUSHING;
        tally = new HeatTally();
        try {
            List<Move> moves = new ArrayList<>();
            for (int bucket = 0; bucket < watermarks.length; bucket++) {
                if (behind(bucket, through)) {
                    tally.add(window.fold(bucket));
                    moves.add(new Move(bucket, watermarks[bucket], sent, window.fold(bucket)));
                }
            }
            store.compareAndApply(partition, moves).forEach(reply -> replies.add(reply.toCompletableFuture()));
        } finally {
            window.clear();
        }
    }

    /** Waits for the answers to {@link #flush} and says what they came to; afterwards RUNNING or UNPLACED. */
    public Flushed settle() {
        require(State.FLUSHING, "settle");
        int counterWrites = 0;
        String fence = null;
        Throwable failure = null;
        for (CompletableFuture<Reply> reply : replies) {
            try {
                switch (reply.join()) {
                    case Reply.Applied done -> counterWrites += done.counterWrites();
                    case Reply.Fenced fenced -> fence = fenced.found();
                }
            } catch (CompletionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            }
        }
        replies.clear();
        if (failure != null) {
            displace();
            return new Flushed.Failed(failure);
        }
        if (fence != null) {
            displace();
            return new Flushed.Fenced("expected to move to " + sent + ", found " + fence);
        }
        for (int bucket = 0; bucket < watermarks.length; bucket++) {
            if (watermarks[bucket].offset() < sent.offset()) {
                watermarks[bucket] = sent;
            }
        }
        state = State.RUNNING;
        return new Flushed.Done(counterWrites, tally);
    }

    /** Forgets the window and the watermarks: they are read again before the next record is taken. */
    public void displace() {
        window.clear();
        replies.clear();
        state = State.UNPLACED;
    }

    /** Whether the stored watermarks are the ones this partition goes by. */
    public boolean agrees(List<Watermark> stored) {
        return state == State.RUNNING && List.of(watermarks).equals(stored);
    }

    /** The bucket of a record: a pure function of the post, or a replay would count it in another bucket again. */
    int bucket(long post) {
        return CounterLayout.bucket(post);
    }

    /** Whether the record was applied to the bucket in an earlier life, or is on its way there. */
    boolean applied(int bucket, long offset) {
        return offset <= watermarks[bucket].offset() || (state == State.FLUSHING && offset <= sent.offset());
    }

    /** Whether the window brings the bucket forward: one that half a flush carried ahead must not go back. */
    boolean behind(int bucket, long through) {
        return watermarks[bucket].offset() < through;
    }

    private void require(State expected, String event) {
        if (state != expected) {
            throw wrong(event, expected.name());
        }
    }

    private IllegalStateException wrong(String event, String expected) {
        return new IllegalStateException(
                "partition " + partition + " is " + state + ", but " + event + " needs " + expected);
    }

    /** What a flush came to. */
    public sealed interface Flushed {

        /**
         * @param counterWrites counts that really changed
         * @param tally what the window held
         */
        record Done(int counterWrites, HeatTally tally) implements Flushed {}

        /** Somebody else moved a bucket, or the store went back in time. */
        record Fenced(String detail) implements Flushed {}

        /** Whether the flush arrived is not known. */
        record Failed(Throwable cause) implements Flushed {}
    }
}
