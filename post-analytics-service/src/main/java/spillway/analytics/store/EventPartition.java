package spillway.analytics.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import spillway.analytics.event.Event;
import spillway.analytics.event.Kind;

/**
 * Key of a partition of the table {@code events}.
 *
 * @param hour start of the hour its events happened in
 * @param subBucket 0 to {@link #SUB_BUCKETS} - 1
 */
record EventPartition(long postId, Kind kind, Instant hour, int subBucket) {

    /**
     * Into how many partitions the events of a post, kind and hour are split; part of the stored format. The split
     * follows the Kafka partition: a like's is chosen by (post, user), so a viral post's spread evenly, while the events
     * of one post that one poll brings stay together in large batches.
     */
    static final int SUB_BUCKETS = 8;

    static EventPartition of(Event event) {
        return new EventPartition(
                event.postId(),
                event.kind(),
                event.at().truncatedTo(ChronoUnit.HOURS),
                event.partition() % SUB_BUCKETS);
    }
}
