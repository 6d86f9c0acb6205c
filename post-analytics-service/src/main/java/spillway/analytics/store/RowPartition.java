package spillway.analytics.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import spillway.analytics.chunk.RowKey;
import spillway.platform.id.Hash64;

/**
 * Key of a partition of the table {@code event_rows}: some posts' rows of an hour. The rows that one poll brings lie
 * together in few partitions and are written as few mutations, while a post's are found without looking at all others.
 *
 * @param hour start of the hour its events happened in
 * @param posts which of {@link #POST_BUCKETS} buckets of posts
 * @param part which of {@link #PARTS} parts
 */
record RowPartition(Instant hour, int posts, int part) {

    /** Part of the stored format. */
    static final int POST_BUCKETS = 16;

    /**
     * Into how many parts the rows of a bucket and hour are split; part of the stored format. The split follows the Kafka
     * partition: a like's is chosen by (post, user), so a viral post's rows spread evenly.
     */
    static final int PARTS = 8;

    static RowPartition of(RowKey row) {
        return of(row.postId(), row.minute(), row.partition() % PARTS);
    }

    static RowPartition of(long postId, Instant time, int part) {
        return new RowPartition(
                time.truncatedTo(ChronoUnit.HOURS), Hash64.bucket(Hash64.mix(postId), POST_BUCKETS), part);
    }
}
