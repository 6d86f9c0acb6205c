package spillway.metrics.counts;

import java.util.List;

/** One look at how far a family's counts are behind its log. Immutable: the arrays are handed over. */
final class Sample {

    private final long[] ends;
    private final long[][] applied;
    private final long nanos;

    /**
     * @param ends per partition, the offset of the next record
     * @param applied per partition and bucket, the offset of the last applied record or -1
     * @param nanos when it was begun, on a clock of elapsed time: every record acknowledged by then is below the ends
     */
    Sample(long[] ends, long[][] applied, long nanos) {
        this.ends = ends;
        this.applied = applied;
        this.nanos = nanos;
    }

    long nanos() {
        return nanos;
    }

    /**
     * Records of the log that a count has not come to, over all partitions; they may concern any post of its bucket.
     *
     * @param upTo per partition, the offset of the last record in the count or -1; empty when no log stands behind it
     */
    long pending(List<Long> upTo) {
        long sum = 0;
        for (int partition = 0; partition < upTo.size(); partition++) {
            sum += Math.max(0, ends[partition] - 1 - upTo.get(partition));
        }
        return sum;
    }

    /** Records that the slowest bucket of a partition has not passed. */
    long longest(int partition) {
        long longest = 0;
        for (int bucket = 0; bucket < applied[partition].length; bucket++) {
            longest = Math.max(longest, pending(partition, bucket));
        }
        return longest;
    }

    /** Records that the slowest bucket of each partition has not passed, over all partitions. */
    long behind() {
        long sum = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            sum += longest(partition);
        }
        return sum;
    }

    int partitions() {
        return ends.length;
    }

    /** Offset of the next record. */
    long end(int partition) {
        return ends[partition];
    }

    /** Offset of the first record that some bucket has not passed. */
    long firstPending(int partition) {
        return ends[partition] - longest(partition);
    }

    private long pending(int partition, int bucket) {
        return Math.max(0, ends[partition] - 1 - applied[partition][bucket]);
    }

    @Override
    public String toString() {
        return behind() + " records behind";
    }
}
