package spillway.batcher.log;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;

/**
 * Puts poison aside: to the dead-letter topic with its coordinates, and into the index by which receipts know that their
 * write was rejected. At least once; topic, partition and offset tell duplicates. Thread-safe.
 */
final class DeadLetters {

    /** A record no reader can make sense of. */
    record Letter(ConsumerRecord<byte[], byte[]> record, String reason) {}

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final RedisLink redis;
    private final CounterLayout layout;

    DeadLetters(KafkaTemplate<byte[], byte[]> kafka, RedisLink redis, CounterLayout layout) {
        this.kafka = kafka;
        this.redis = redis;
        this.layout = layout;
    }

    /**
     * Returns once all letters are acknowledged and indexed.
     *
     * @throws RuntimeException when some may not be: the watermark must not pass them
     */
    void send(CounterFamily family, List<Letter> letters) {
        List<CompletableFuture<?>> acknowledged = new ArrayList<>();
        for (Letter letter : letters) {
            acknowledged.add(kafka.send(deadLetter(letter)));
        }
        kafka.flush();
        RedisClusterAsyncCommands<byte[], byte[]> commands = redis.async();
        for (Letter letter : letters) {
            ConsumerRecord<byte[], byte[]> record = letter.record();
            acknowledged.add(
                    commands.sadd(layout.deadLetters(family, record.partition()), bytes(Long.toString(record.offset())))
                            .toCompletableFuture());
        }
        CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).join();
    }

    /** On the partition of the source, with the headers that spring-kafka gives dead letters. */
    private static ProducerRecord<byte[], byte[]> deadLetter(Letter letter) {
        ConsumerRecord<byte[], byte[]> source = letter.record();
        ProducerRecord<byte[], byte[]> target = new ProducerRecord<>(
                Topics.deadLetters(source.topic()), source.partition(), source.key(), source.value());
        source.headers().forEach(target.headers()::add);
        target.headers()
                .add(KafkaHeaders.DLT_ORIGINAL_TOPIC, bytes(source.topic()))
                .add(KafkaHeaders.DLT_ORIGINAL_PARTITION, bytes(source.partition()))
                .add(KafkaHeaders.DLT_ORIGINAL_OFFSET, bytes(source.offset()))
                .add(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, bytes(source.timestamp()))
                .add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, bytes(letter.reason()));
        return target;
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
