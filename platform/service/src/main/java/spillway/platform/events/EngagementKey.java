package spillway.platform.events;

import java.nio.ByteBuffer;
import spillway.platform.id.Hash64;

/**
 * Key of a record on the topics {@code likes} and {@code shares}: a post, a member of its set, and the client's sequence if
 * it sent one. On the wire post, member and sequence, big-endian; 16 bytes without a sequence, 24 with one.
 *
 * <p>The topics are compacted by this key. Operations without a sequence replace each other there, as they do in the counts.
 * One with a sequence may come late and then counts for nothing: had it the same key as the newer one before it, compaction
 * would keep just the one that does not count, and a rebuild would count it.
 *
 * <p>The raw {@code long}s are deliberate: one is made per like on the hottest path of the platform.
 *
 * @param post positive post id
 * @param member the liking user's id, or the share's own id
 * @param sequence the client's own for this post and member, from 1; 0 for none
 */
public record EngagementKey(long post, long member, long sequence) {

    public static final int BYTES = 2 * Long.BYTES;
    public static final int SEQUENCED_BYTES = 3 * Long.BYTES;

    public EngagementKey(long post, long member) {
        this(post, member, 0);
    }

    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(sequence == 0 ? BYTES : SEQUENCED_BYTES)
                .putLong(post)
                .putLong(member);
        return (sequence == 0 ? buffer : buffer.putLong(sequence)).array();
    }

    /**
     * Reads a record's key.
     *
     * @throws IllegalArgumentException when it has another length, or the post id or the sequence is not positive
     */
    public static EngagementKey fromBytes(byte[] bytes) {
        if (bytes.length != BYTES && bytes.length != SEQUENCED_BYTES) {
            throw new IllegalArgumentException(
                    "engagement key of " + bytes.length + " bytes, not " + BYTES + " or " + SEQUENCED_BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long post = buffer.getLong();
        long member = buffer.getLong();
        long sequence = buffer.hasRemaining() ? buffer.getLong() : 0;
        if (post <= 0) {
            throw new IllegalArgumentException("engagement key with post id " + post);
        }
        if (bytes.length == SEQUENCED_BYTES && sequence <= 0) {
            throw new IllegalArgumentException("engagement key with sequence " + sequence);
        }
        return new EngagementKey(post, member, sequence);
    }

    /**
     * The record's partition: a pure function of post and member, so all operations of one member on one post stay in order
     * and a viral post spreads over every partition.
     *
     * @param partitions the topic's fixed number of partitions, at least 1
     */
    public int partition(int partitions) {
        return Hash64.bucket(Hash64.mix(post, member), partitions);
    }
}
