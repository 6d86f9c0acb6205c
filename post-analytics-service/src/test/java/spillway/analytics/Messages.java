package spillway.analytics;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import spillway.events.v1.CommentAdded;
import spillway.events.v1.Engagement;
import spillway.events.v1.Engagement.Operation;
import spillway.events.v1.PostEvent;
import spillway.events.v1.View;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/** Writes what the other services write. */
final class Messages implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topics topics;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    Messages(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void like(long post, long user, Instant at) {
        engagement(topics.likes(), Operation.ADD, post, user, at);
    }

    void unlike(long post, long user, Instant at) {
        engagement(topics.likes(), Operation.REMOVE, post, user, at);
    }

    void share(long post, long shareId, Instant at) {
        engagement(topics.shares(), Operation.ADD, post, shareId, at);
    }

    void view(long post, int weight, Instant at) {
        View view = View.newBuilder()
                .setPostId(post)
                .setAcceptedAtMillis(at.toEpochMilli())
                .setWeight(weight)
                .build();
        send(topics.views(), null, at, bytes(post), view.toByteArray());
    }

    void comment(long post, long eventId, Instant at) {
        PostEvent event = PostEvent.newBuilder()
                .setEventId(eventId)
                .setPostId(post)
                .setUserId(7)
                .setOccurredAtMillis(at.toEpochMilli())
                .setVersion(1)
                .setCommentAdded(CommentAdded.newBuilder().setCommentId(eventId).setContent("so it is"))
                .build();
        send(topics.postEvents(), null, at, bytes(post), event.toByteArray());
    }

    private void engagement(String topic, Operation operation, long post, long member, Instant at) {
        EngagementKey key = new EngagementKey(post, member);
        Engagement engagement = Engagement.newBuilder()
                .setPostId(post)
                .setUserId(member)
                .setMember(member)
                .setOperation(operation)
                .setAcceptedAtMillis(at.toEpochMilli())
                .build();
        send(topic, key.partition(topics.partitions()), at, key.toBytes(), engagement.toByteArray());
    }

    void send(String topic, @Nullable Integer partition, Instant at, byte @Nullable [] key, byte @Nullable [] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, partition, at.toEpochMilli(), key, value)));
    }

    /** Returns when all that was sent is in the log. */
    void await() {
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("not in the log", e);
            }
        }
        sent.clear();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    public void close() {
        producer.close();
    }
}
