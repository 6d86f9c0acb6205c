package spillway.batcher.log;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import spillway.events.v1.Engagement;
import spillway.platform.events.EngagementKey;

/** Topics {@code likes} and {@code shares}. Thread-safe. */
final class EngagementDecoder implements Decoder {

    private final int partitions;

    EngagementDecoder(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void decode(ConsumerRecord<byte[], byte[]> record, Operations operations) throws Poison {
        if (record.key() == null || record.value() == null) {
            throw new Poison("no key or no value");
        }
        EngagementKey key = key(record.key());
        if (key.member() <= 0) {
            throw new Poison("member " + key.member());
        }
        if (key.partition(partitions) != record.partition()) {
            throw new Poison("the key belongs to partition " + key.partition(partitions));
        }
        Engagement engagement = value(record.value());
        if (engagement.getPostId() != key.post()
                || engagement.getMember() != key.member()
                || engagement.getClientSequence() != key.sequence()) {
            throw new Poison("key and value disagree");
        }
        boolean add = switch (engagement.getOperation()) {
            case ADD -> true;
            case REMOVE -> false;
            case OPERATION_UNSPECIFIED, UNRECOGNIZED -> throw new Poison("no known operation");
        };
        operations.take(record.offset(), key.post(), key.member(), add, key.sequence(), record.timestamp());
    }

    private static EngagementKey key(byte[] bytes) throws Poison {
        try {
            return EngagementKey.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new Poison(String.valueOf(e.getMessage()));
        }
    }

    private static Engagement value(byte[] bytes) throws Poison {
        try {
            return Engagement.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new Poison("the value is no Engagement");
        }
    }
}
