package spillway.platform.events;

import java.nio.ByteBuffer;
import spillway.platform.id.Hash64;

/**
 * Key of a record on the topics {@code likes} and {@code shares}: a post and a member of its set. 16 bytes on the wire,
 * post then member, big-endian.
 *
 * <p>The raw {@code long}s are deliberate: one is made per like on the hottest path of the platform.
 *
 * @param post positive post id
 * @param member the liking user's id, or the share's own id
 */
public record EngagementKey(long post, long member) {

    public static final int BYTES = 2 * Long.BYTES;

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(post).putLong(member).array();
    }

    /**
     * Reads a record's key.
     *
     * @throws IllegalArgumentException when it has not exactly {@value #BYTES} bytes or the post id is not positive
     */
    public static EngagementKey fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("engagement key of " + bytes.length + " bytes, not " + BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        EngagementKey key = new EngagementKey(buffer.getLong(), buffer.getLong());
        if (key.post <= 0) {
            throw new IllegalArgumentException("engagement key with post id " + key.post);
        }
        return key;
    }

    /**
     * The record's partition: a pure function of the key, so all operations of one member on one post stay in order
     * and a viral post spreads over every partition.
     *
     * @param partitions the topic's fixed number of partitions, at least 1
     */
    public int partition(int partitions) {
        return Hash64.bucket(Hash64.mix(post, member), partitions);
    }
}
