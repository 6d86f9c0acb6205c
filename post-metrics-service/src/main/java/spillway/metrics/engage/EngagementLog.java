package spillway.metrics.engage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.web.ErrorResponseException;
import spillway.events.v1.Engagement;
import spillway.metrics.problem.OutcomeUnknown;
import spillway.metrics.problem.Unavailable;
import spillway.platform.counters.CounterFamily;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/**
 * Appends likes and shares to their topics. Thread-safe.
 *
 * <p>What a failure means is decided by who reports it (invariant I1). The producer runs the callback on the caller's own
 * thread as long as it has not taken the record (no metadata in time, buffer full): that is a refusal. Once it has, its
 * network thread reports, and the record may have been written whatever the error says: that outcome is unknown.
 *
 * <p>Finding out that there is no room takes the producer's {@code max.block.ms}. So for a moment after somebody found out,
 * nobody else tries: of thousands of likes in a request, one does.
 */
final class EngagementLog {

    /** For how long a log that had no room is taken to have none. */
    static final Duration FULL = Duration.ofMillis(20);

    private final ProducerFactory<byte[], byte[]> producers;
    private final Topics topics;
    private final LogShape shape;
    private final InstantSource clock;
    private volatile long fullUntil;

    EngagementLog(ProducerFactory<byte[], byte[]> producers, Topics topics, LogShape shape, InstantSource clock) {
        this.producers = producers;
        this.topics = topics;
        this.shape = shape;
        this.clock = clock;
    }

    /**
     * Completes when all replicas have the record, or with {@link Unavailable} or {@link OutcomeUnknown}.
     *
     * @param member what the operation adds to the post's set or takes from it
     * @param sequence the client's own, 0 for none
     */
    CompletableFuture<Appended> append(
            CounterFamily family, long post, long user, long member, Engagement.Operation operation, long sequence) {
        if (!shape.isConfirmed() || clock.millis() < fullUntil) {
            return CompletableFuture.failedFuture(refused(null));
        }
        EngagementKey key = new EngagementKey(post, member, sequence);
        Engagement engagement = Engagement.newBuilder()
                .setPostId(post)
                .setUserId(user)
                .setOperation(operation)
                .setMember(member)
                .setClientSequence(sequence)
                .setAcceptedAtMillis(clock.millis())
                .build();
        return send(new ProducerRecord<>(
                family.topic(topics), key.partition(topics.partitions()), key.toBytes(), engagement.toByteArray()));
    }

    private CompletableFuture<Appended> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Appended> appended = new CompletableFuture<>();
        Thread caller = Thread.currentThread();
        try {
            Producer<byte[], byte[]> producer = producers.createProducer();
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    appended.complete(new Appended(metadata.partition(), metadata.offset()));
                } else if (Thread.currentThread().equals(caller)) {
                    appended.completeExceptionally(noRoom(failure));
                } else {
                    appended.completeExceptionally(new OutcomeUnknown(failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // Thrown before the record is taken: a producer that is closing, or broken for good.
            appended.completeExceptionally(noRoom(e));
        }
        return appended;
    }

    private ErrorResponseException noRoom(Throwable cause) {
        fullUntil = clock.millis() + FULL.toMillis();
        return refused(cause);
    }

    private static ErrorResponseException refused(@Nullable Throwable cause) {
        return new Unavailable("The log cannot take writes now; nothing was written.", cause);
    }
}
