package spillway.metrics.views;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import spillway.events.v1.View;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/**
 * Tells analytics about views, without waiting and without promise. A producer of its own, small and never blocking, so
 * that views cannot take the room of likes (invariant I6). Thread-safe.
 */
final class ViewLog {

    /** What its producer differs in. */
    static final Map<String, Object> NEVER_IN_THE_WAY = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            0,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            4 * 1024 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            50,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.ACKS_CONFIG,
            "1");

    private final Supplier<Producer<byte[], byte[]>> producer;
    private final Topics topics;
    private final InstantSource clock;

    /** @param producer made with {@link #NEVER_IN_THE_WAY}; asked at each use */
    ViewLog(Supplier<Producer<byte[], byte[]>> producer, Topics topics, InstantSource clock) {
        this.producer = producer;
        this.topics = topics;
        this.clock = clock;
    }

    void append(long post, SeenBy view) {
        View record = View.newBuilder()
                .setPostId(post)
                .setUserId(view.viewer())
                .setAcceptedAtMillis(clock.millis())
                .setWeight(view.weight())
                .build();
        EngagementKey key = new EngagementKey(post, view.viewer());
        var unused = producer.get()
                .send(new ProducerRecord<>(
                        topics.views(), key.partition(topics.partitions()), key.toBytes(), record.toByteArray()));
    }
}
