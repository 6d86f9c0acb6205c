package spillway.analytics.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.support.Acknowledgment;
import spillway.analytics.chunk.EventRow;
import spillway.analytics.chunk.PartitionRows;
import spillway.analytics.event.BadRecord;
import spillway.analytics.event.Event;
import spillway.analytics.event.Events;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;

/**
 * Stores what each poll brought, the last chunk of each partition as far as it goes. All of it runs on the consumer's
 * thread.
 *
 * <p>Offsets are committed when Cassandra has acknowledged every row and Kafka every dead letter. A partition that is
 * assigned is read from the start of the chunk its committed offset lies in. When anything fails, all partitions are read
 * again from the start of the chunk they are stored up to: rows come out the same, a dead letter may be there twice (its
 * headers say which record it was).
 */
final class Ingest implements BatchMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Events events;
    private final EventStore store;
    private final ConsumerRecordRecoverer deadLetters;
    private final IngestMetrics metrics;
    private final Map<TopicPartition, PartitionRows> partitions = new HashMap<>();
    private Duration pause = SHORTEST_PAUSE;

    Ingest(Events events, EventStore store, ConsumerRecordRecoverer deadLetters, IngestMetrics metrics) {
        this.events = events;
        this.store = store;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    @Override
    public boolean wantsPollResult() {
        return true;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        throw new UnsupportedOperationException("the whole poll is wanted");
    }

    @Override
    public void onMessage(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Acknowledgment acknowledgment,
            Consumer<byte[], byte[]> consumer) {
        List<EventRow> changed = new ArrayList<>();
        List<Rejected> bad = new ArrayList<>();
        Map<Kind, Long> stored = new EnumMap<>(Kind.class);
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
            PartitionRows rows = rows(partition, polled.getFirst().offset());
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                try {
                    Event event = events.read(record);
                    if (rows.add(record.offset(), event)) {
                        stored.merge(event.kind(), 1L, Long::sum);
                    }
                } catch (BadRecord e) {
                    if (rows.pass(record.offset())) {
                        bad.add(new Rejected(record, e));
                    }
                }
            }
            changed.addAll(rows.unsaved());
        }
        store.write(changed);
        for (Rejected rejected : bad) {
            deadLetters.accept(rejected.record, rejected.reason);
            metrics.rejected(rejected.record.topic());
        }
        metrics.stored(stored, changed.size());
        commit(consumer, records.partitions());
        pause = SHORTEST_PAUSE;
    }

    private void commit(Consumer<?, ?> consumer, Collection<TopicPartition> done) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : done) {
            PartitionRows rows = rows(partition);
            rows.saved();
            offsets.put(partition, new OffsetAndMetadata(rows.stored()));
        }
        consumer.commitAsync(offsets, (committed, failure) -> {
            if (failure != null) {
                LOG.debug("Offsets are not committed, their records may be read again: {}", failure.toString());
            }
        });
    }

    private PartitionRows rows(TopicPartition partition, long first) {
        PartitionRows rows = rows(partition);
        if (first >= rows.next()) {
            return rows;
        }
        // The log ends before the place that was sought, cut off or made anew: the consumer went to its beginning.
        PartitionRows anew = new PartitionRows(first);
        partitions.put(partition, anew);
        return anew;
    }

    private PartitionRows rows(TopicPartition partition) {
        PartitionRows rows = partitions.get(partition);
        if (rows == null) {
            throw new IllegalStateException(partition + " has records but has not been placed");
        }
        return rows;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(assigned));
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            // Where the log begins later than that, the consumer goes there by itself.
            place(consumer, partition, offset == null ? 0 : offset.offset());
        }
    }

    private void place(Consumer<?, ?> consumer, TopicPartition partition, long stored) {
        PartitionRows rows = new PartitionRows(stored);
        partitions.put(partition, rows);
        consumer.seek(partition, rows.next());
    }

    /** Takes nothing of the last poll for done, so its records come again; returns how long to wait for them. */
    Duration startOver(Consumer<?, ?> consumer) {
        List<TopicPartition> unplaced = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            PartitionRows rows = partitions.get(partition);
            if (rows == null) {
                unplaced.add(partition);
            } else {
                place(consumer, partition, rows.stored());
            }
        }
        if (!unplaced.isEmpty()) {
            onPartitionsAssigned(consumer, unplaced);
        }
        Duration now = pause;
        Duration doubled = now.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return now;
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        revoked.forEach(partitions::remove);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        lost.forEach(partitions::remove);
    }

    private record Rejected(ConsumerRecord<byte[], byte[]> record, BadRecord reason) {}
}
