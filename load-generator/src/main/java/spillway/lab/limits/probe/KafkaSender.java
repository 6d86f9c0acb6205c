package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records of 40 bytes, key and value together, spread over a topic by their keys: the size of a like. */
final class KafkaSender implements AutoCloseable {

    private static final int KEY = 16;
    private static final int VALUE = 24;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int BATCH_BYTES = 128 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final RandomGenerator random;

    /**
     * Returns once each partition has taken a record. A new topic may have no leader for a moment; were many requests under
     * way then, the first could be refused and the second taken, and the idempotent producer would never get past that.
     *
     * @throws ProbeFailure when a partition takes none
     */
    static KafkaSender open(KafkaTopic topic, Duration linger) throws ProbeFailure {
        KafkaSender sender = new KafkaSender(topic, linger);
        try {
            for (TopicPartition partition : topic.partitions()) {
                sender.producer
                        .send(new ProducerRecord<>(
                                partition.topic(), partition.partition(), new byte[KEY], new byte[VALUE]))
                        .get();
            }
            return sender;
        } catch (ExecutionException | InterruptedException e) {
            sender.close();
            throw new ProbeFailure(e);
        }
    }

    private KafkaSender(KafkaTopic topic, Duration linger) {
        Map<String, Object> settings = new HashMap<>(KafkaTopic.connection(topic.bench()));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic.name();
        this.random = new SplittableRandom(topic.bench().random().nextLong());
    }

    /** Returns as soon as there is room for the record; the callback comes with its acknowledgement. */
    void send(Callback acknowledged) {
        byte[] key = new byte[KEY];
        byte[] value = new byte[VALUE];
        random.nextBytes(key);
        random.nextBytes(value);
        var unused = producer.send(new ProducerRecord<>(topic, key, value), acknowledged);
    }

    /** Returns when all that was sent is acknowledged. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
