package spillway.metrics.counts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How old the oldest record is that no count contains, and how many records per second leave the backlog; learned from samples
 * alone. Thread-safe.
 *
 * <p>Each sample in which a partition has grown leaves a mark: up to here the log went, then. The first mark that lies past
 * what is counted was there when the oldest pending record was, so that record is at least as old.
 *
 * <p>What leaves says how fast it can leave only while something is left behind. As batching alone keeps records waiting, a
 * time counts if at its end the oldest record has waited for longer than {@link #EXPLAINED}. Both the records that left and the
 * time it took are forgotten by e per {@link #MEMORY}; their quotient is the rate.
 */
final class DrainRate {

    /** Two windows of a batcher and a little: what waits no longer is not held up. */
    static final long EXPLAINED = TimeUnit.MILLISECONDS.toNanos(600);

    private static final double MEMORY = TimeUnit.SECONDS.toNanos(3);

    /** After so long without a backlog the rate is not known any more. */
    static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(10);

    /** Samples further apart say too little about what was between them. */
    private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(2);

    /** A shorter time may have no flush in it, or two. */
    private static final double SHORTEST_TIME = TimeUnit.MILLISECONDS.toNanos(800);

    private static final int MOST_MARKS = 512;

    /** @param end the log's, at that time */
    private record Mark(long end, long nanos) {}

    private final Map<Integer, Deque<Mark>> marks = new HashMap<>();
    private @Nullable Sample before;
    private double left;
    private double time;
    private long lastBehind;

    synchronized void note(Sample sample) {
        for (int partition = 0; partition < sample.partitions(); partition++) {
            mark(marks.computeIfAbsent(partition, absent -> new ArrayDeque<>()), sample, partition);
        }
        Sample earlier = before;
        before = sample;
        if (earlier == null || oldest(sample.nanos()) < EXPLAINED) {
            return;
        }
        if (sample.nanos() - lastBehind > FORGOTTEN) {
            left = 0;
            time = 0;
        }
        lastBehind = sample.nanos();
        long step = sample.nanos() - earlier.nanos();
        if (step <= LONGEST_STEP) {
            double kept = Math.exp(-step / MEMORY);
            left = kept * left + gone(earlier, sample);
            time = kept * time + step;
        }
    }

    private static void mark(Deque<Mark> marks, Sample sample, int partition) {
        while (!marks.isEmpty() && marks.getFirst().end() <= sample.firstPending(partition)) {
            marks.removeFirst();
        }
        long newest = marks.isEmpty()
                ? sample.firstPending(partition)
                : marks.getLast().end();
        if (sample.end(partition) > newest) {
            marks.addLast(new Mark(sample.end(partition), sample.nanos()));
        }
        if (marks.size() > MOST_MARKS) {
            thin(marks);
        }
    }

    /** Leaves out every second one: what is old need not be told to the second. The first stays, for it is the oldest. */
    private static void thin(Deque<Mark> marks) {
        boolean drop = false;
        for (Iterator<Mark> each = marks.iterator(); each.hasNext(); drop = !drop) {
            each.next();
            if (drop) {
                each.remove();
            }
        }
    }

    private static long gone(Sample earlier, Sample later) {
        long gone = 0;
        for (int partition = 0; partition < later.partitions(); partition++) {
            gone += Math.max(0, later.firstPending(partition) - earlier.firstPending(partition));
        }
        return gone;
    }

    /** Nanoseconds; 0 when nothing is pending. */
    synchronized long oldest(long now) {
        return marks.values().stream()
                .filter(ofPartition -> !ofPartition.isEmpty())
                .mapToLong(ofPartition -> now - ofPartition.getFirst().nanos())
                .max()
                .orElse(0);
    }

    /** Null when nothing was held up lately, or not for long enough to tell. */
    synchronized @Nullable Double perSecond(long now) {
        if (time < SHORTEST_TIME || now - lastBehind > FORGOTTEN) {
            return null;
        }
        return left / time * TimeUnit.SECONDS.toNanos(1);
    }
}
