package spillway.batcher.collapse;

import java.util.List;
import java.util.concurrent.CompletionStage;
import spillway.platform.counters.Watermark;

/**
 * Where one family's counts and watermarks live. Calls are sent in the order they are made; a stage that fails says
 * nothing about whether the call took effect.
 */
public interface CounterStore {

    /** The watermark of each bucket of a partition, in order. */
    CompletionStage<List<Watermark>> watermarks(int partition);

    /**
     * Applies the changes and moves the bucket's watermark to {@code next}, both or neither, if the watermark is still
     * {@code expected}. The changes are read before this returns.
     */
    CompletionStage<Reply> compareAndApply(int partition, int bucket, Watermark expected, Watermark next, Fold changes);

    /**
     * The same for several buckets of a partition, sent together: each moves or not for itself, and has its reply at its own
     * index.
     */
    default List<CompletionStage<Reply>> compareAndApply(int partition, List<Move> moves) {
        return moves.stream()
                .map(move -> compareAndApply(partition, move.bucket(), move.expected(), move.next(), move.changes()))
                .toList();
    }

    /** Notes that records went to the dead letters. Until that is acknowledged no watermark may pass them. */
    CompletionStage<?> reject(int partition, List<Long> offsets);

    /** One bucket's part of a window, see {@link #compareAndApply(int, int, Watermark, Watermark, Fold)}. */
    record Move(int bucket, Watermark expected, Watermark next, Fold changes) {}

    /** What a compare-and-apply came to. */
    sealed interface Reply {

        /** @param counterWrites counts that really changed */
        record Applied(int counterWrites) implements Reply {}

        /** @param found the watermark that was there instead of the expected one */
        record Fenced(String found) implements Reply {}
    }
}
