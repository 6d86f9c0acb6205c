package spillway.batcher.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import spillway.platform.events.Topics;

/** The dead-letter topic: records with their coordinates. At least once; topic, partition and offset tell duplicates. */
final class DeadLetterTopic implements DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

    private final KafkaTemplate<byte[], byte[]> kafka;

    DeadLetterTopic(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void send(List<Letter> letters) {
        List<CompletableFuture<?>> acknowledged = new ArrayList<>();
        for (Letter letter : letters) {
            acknowledged.add(kafka.send(deadLetter(letter)));
        }
        kafka.flush();
        CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)).join();
        LOG.warn(
                "{}: {} records to the dead letters, the first because: {}",
                letters.getFirst().record().topic(),
                letters.size(),
                letters.getFirst().reason());
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
