package spillway.batcher.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Consumers that suit exactness and windows. */
final class Consumers {

    /** Of one partition, what a fetch brings at most when nobody says otherwise. */
    static final int FETCH_BYTES = 4 << 20;

    private Consumers() {}

    /**
     * Whatever the environment says about Kafka, and on top of it: no offset is ever guessed, the broker answers as soon as it
     * has a record, and a backlog comes in large pieces.
     */
    static ConsumerFactory<byte[], byte[]> of(ConsumerFactory<?, ?> defaults, int windowRecords, int fetchBytes) {
        Map<String, Object> settings = new HashMap<>(defaults.getConfigurationProperties());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, windowRecords);
        return new DefaultKafkaConsumerFactory<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
