package spillway.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import spillway.chaos.site.Site;
import spillway.platform.events.EngagementKey;

/** The topic of likes, past the services: what is appended here was never checked by anybody. */
final class LikesLog implements AutoCloseable {

    private static final String TOPIC = "likes";
    private static final String DEAD_LETTERS = "likes-dlt";
    private static final int PARTITIONS = 8;
    private static final int TAIL = 300;
    private static final Duration POLL = Duration.ofMillis(250);

    /** A post that nobody has: poison under the key of a real pair would, by compaction, take the place of its last like. */
    private static final long NO_POST = 7;

    private final Map<String, Object> settings;
    private final KafkaProducer<byte[], byte[]> producer;

    LikesLog(int kafkaPort) {
        this.settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Site.HOST + ":" + kafkaPort,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                3_000);
        Map<String, Object> producing = new HashMap<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Site.HOST + ":" + kafkaPort,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                3_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                5_000));
        this.producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The last records of a partition. */
    record Tail(int partition, long end, List<ConsumerRecord<byte[], byte[]>> records) {}

    Tail tail(int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition at = new TopicPartition(TOPIC, partition);
            long end = end(consumer, at);
            return new Tail(partition, end, read(consumer, at, Math.max(0, end - TAIL), end));
        }
    }

    /** What came after the tail was read. */
    List<ConsumerRecord<byte[], byte[]>> after(Tail tail) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition at = new TopicPartition(TOPIC, tail.partition());
            return read(consumer, at, tail.end(), end(consumer, at));
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition at) {
        return consumer.endOffsets(Set.of(at)).getOrDefault(at, 0L);
    }

    /** Newest last. */
    static Map<EngagementKey, ConsumerRecord<byte[], byte[]>> lastByKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<EngagementKey, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.key() != null && record.key().length == EngagementKey.BYTES && record.value() != null) {
                EngagementKey key = new EngagementKey(
                        ByteBuffer.wrap(record.key()).getLong(),
                        ByteBuffer.wrap(record.key()).getLong(Long.BYTES));
                last.put(key, record);
            }
        }
        return last;
    }

    /** Appends the very same record once more; true when the log has it, false when that is not known. */
    boolean append(ConsumerRecord<byte[], byte[]> record) {
        return append(new ProducerRecord<>(TOPIC, record.partition(), record.key(), record.value()));
    }

    /** Appends something that is no like. */
    boolean poison(int salt) {
        int partition = salt % PARTITIONS;
        byte[] garbage = "poison".getBytes(StandardCharsets.US_ASCII);
        EngagementKey here = keyIn(partition, salt);
        byte[] key = switch (salt / PARTITIONS % 3) {
            case 0 -> garbage;
            case 1 -> here.toBytes();
            default -> keyIn((partition + 1) % PARTITIONS, salt).toBytes();
        };
        return append(new ProducerRecord<>(TOPIC, partition, key, garbage));
    }

    private static EngagementKey keyIn(int partition, int salt) {
        EngagementKey key = new EngagementKey(NO_POST, 1 + salt);
        while (key.partition(PARTITIONS) != partition) {
            key = new EngagementKey(NO_POST, key.member() + 1);
        }
        return key;
    }

    private boolean append(ProducerRecord<byte[], byte[]> record) {
        try {
            Future<RecordMetadata> appended = producer.send(record);
            appended.get();
            return true;
        } catch (ExecutionException | RuntimeException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Records of the log that were put aside, each once however often it was. */
    long deadLetters() {
        Set<String> origins = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                TopicPartition at = new TopicPartition(DEAD_LETTERS, partition);
                for (ConsumerRecord<byte[], byte[]> letter : read(consumer, at, 0, end(consumer, at))) {
                    Header offset = letter.headers().lastHeader("kafka_dlt-original-offset");
                    origins.add(partition + ":"
                            + (offset == null
                                    ? -1
                                    : ByteBuffer.wrap(offset.value()).getLong()));
                }
            }
        }
        return origins.size();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, long from, long end) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.assign(List.of(at));
        consumer.seek(at, from);
        for (int empty = 0; consumer.position(at) < end && empty < 20; ) {
            List<ConsumerRecord<byte[], byte[]>> some = consumer.poll(POLL).records(at);
            empty = some.isEmpty() ? empty + 1 : 0;
            some.stream().filter(record -> record.offset() < end).forEach(records::add);
        }
        return records;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
