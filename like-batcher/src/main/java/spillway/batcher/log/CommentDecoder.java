package spillway.batcher.log;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import spillway.events.v1.PostEvent;

/** Topic {@code post-events}: comments are members of their post's set, other changes count nothing. Thread-safe. */
final class CommentDecoder implements Decoder {

    @Override
    public void decode(ConsumerRecord<byte[], byte[]> record, Operations operations) throws Poison {
        if (record.key() == null || record.value() == null) {
            throw new Poison("no key or no value");
        }
        if (record.key().length != Long.BYTES) {
            throw new Poison("post key of " + record.key().length + " bytes, not " + Long.BYTES);
        }
        PostEvent event = value(record.value());
        long post = event.getPostId();
        if (post <= 0 || post != ByteBuffer.wrap(record.key()).getLong()) {
            throw new Poison("key and value disagree, or no post");
        }
        switch (event.getChangeCase()) {
            case COMMENT_ADDED ->
                take(operations, record, post, event.getCommentAdded().getCommentId(), true);
            case COMMENT_DELETED ->
                take(operations, record, post, event.getCommentDeleted().getCommentId(), false);
            // Not set: a kind of change made after this version, which counts nothing here either.
            case POST_CREATED, POST_EDITED, POST_DELETED, CHANGE_NOT_SET -> {}
        }
    }

    private static void take(
            Operations operations, ConsumerRecord<byte[], byte[]> record, long post, long comment, boolean added)
            throws Poison {
        if (comment <= 0) {
            throw new Poison("comment " + comment);
        }
        operations.take(record.offset(), post, comment, added, 0, record.timestamp());
    }

    private static PostEvent value(byte[] bytes) throws Poison {
        try {
            return PostEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new Poison("the value is no PostEvent");
        }
    }
}
