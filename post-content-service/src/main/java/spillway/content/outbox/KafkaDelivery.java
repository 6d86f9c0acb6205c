package spillway.content.outbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends events to the topic {@code post-events}, keyed by post, and waits for acks=all. */
final class KafkaDelivery implements Delivery {

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final String topic;
    private final Duration ackTimeout;

    /** @param ackTimeout longer than the producer's delivery timeout, so that it only ends what the producer does not */
    KafkaDelivery(KafkaTemplate<byte[], byte[]> kafka, String topic, Duration ackTimeout) {
        this.kafka = kafka;
        this.topic = topic;
        this.ackTimeout = ackTimeout;
    }

    @Override
    public void deliver(List<OutboxRow> rows) {
        try {
            CompletableFuture<?>[] acks = rows.stream()
                    .map(row ->
                            kafka.send(topic, key(row.postId()), row.payload().toByteArray()))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(acks).get(ackTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException | org.springframework.kafka.KafkaException e) {
            throw new DeliveryFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryFailed(e);
        }
    }

    private static byte[] key(long postId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(postId).array();
    }
}
