package spillway.batcher.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.LogUnusable;
import spillway.batcher.collapse.PartitionBatch;
import spillway.batcher.collapse.PartitionBatch.Flushed;
import spillway.batcher.collapse.PartitionBatch.State;
import spillway.batcher.collapse.Window;
import spillway.batcher.log.DeadLetters.Letter;
import spillway.batcher.log.Decoder.Poison;
import spillway.platform.counters.Watermark;

/**
 * One consumer of one family's topic: each poll is a batch window per partition. Everything runs on the consumer's thread.
 *
 * <p>A consumer that is behind polls and folds on while the store applies the window before; otherwise it waits for the
 * store, then lingers, and polls again.
 *
 * <p>Where to read is decided by the watermarks in the store alone. A partition whose watermarks could not be read stays
 * unplaced; its records are dropped and fetched again, with a growing pause, until they can be.
 */
final class FamilyReader implements BatchMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(FamilyReader.class);

    private final FamilyParts parts;
    private final CounterStore store;
    private final FamilyMetrics metrics;
    private final Pauses pauses;
    private final Linger linger;
    private final java.util.function.Consumer<String> halt;
    private final Window window = new Window();
    private final Map<TopicPartition, PartitionBatch> partitions = new HashMap<>();
    private final Map<TopicPartition, Sent> sent = new HashMap<>();
    private final CountedAgain countedAgain;

    /**
     * A window whose answers are still to come.
     *
     * @param oldest when its first record was accepted, milliseconds since the epoch
     */
    private record Sent(int records, long oldest) {}

    /** @param halt told why, when this log must not be counted any further */
    FamilyReader(FamilyParts parts, Pauses pauses, Linger linger, java.util.function.Consumer<String> halt) {
        this.parts = parts;
        this.store = parts.stores().get();
        this.metrics = parts.metrics();
        this.countedAgain = new CountedAgain(metrics);
        this.pauses = pauses;
        this.linger = linger;
        this.halt = halt;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        throw new UnsupportedOperationException("the whole poll is wanted");
    }

    @Override
    public boolean wantsPollResult() {
        return true;
    }

    @Override
    public void onMessage(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Acknowledgment acknowledgment,
            Consumer<byte[], byte[]> consumer) {
        boolean behind = linger.isBehind(records.count(), metrics.age(newest(records)));
        Map<TopicPartition, Long> needed = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            needed.put(partition, needed(partition, records.records(partition)));
        }
        sent.keySet().forEach(partition -> needed.computeIfAbsent(partition, this::unapplied));
        try {
            for (TopicPartition partition : records.partitions()) {
                if (batch(partition).state() != State.UNPLACED) {
                    send(partition, records.records(partition));
                }
            }
            if (!behind) {
                List.copyOf(sent.keySet()).forEach(this::settle);
            }
        } finally {
            // Also when something unforeseen is on its way up: no record may be passed over.
            needed.forEach((partition, offset) -> {
                if (batch(partition).state() == State.UNPLACED) {
                    consumer.seek(partition, offset);
                }
            });
        }
        List<TopicPartition> displaced = needed.keySet().stream()
                .filter(partition -> batch(partition).state() == State.UNPLACED)
                .toList();
        if (displaced.isEmpty()) {
            if (acknowledgment != null) {
                acknowledgment.acknowledge();
            }
            pauses.succeeded();
            if (!behind) {
                pauses.linger(linger.after(records.count()));
            }
        } else if (!place(consumer, displaced)) {
            pauses.failed();
        }
    }

    /** From where a partition's log is needed again if it ends up unplaced. */
    private long needed(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        return batch(partition).state() == State.UNPLACED ? records.getFirst().offset() : unapplied(partition);
    }

    private long unapplied(TopicPartition partition) {
        return batch(partition).unapplied();
    }

    private static long newest(ConsumerRecords<byte[], byte[]> records) {
        long newest = 0;
        for (TopicPartition partition : records.partitions()) {
            newest = Math.max(newest, records.records(partition).getLast().timestamp());
        }
        return newest;
    }

    /** Folds a partition's records and, once the store has answered for the window before, sends them. */
    private void send(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        PartitionBatch batch = batch(partition);
        boolean sending = false;
        try {
            List<Letter> poison = fold(batch, records);
            boolean onTop = batch.state() == State.RUNNING || settle(partition);
            if (onTop && (poison.isEmpty() || putAside(partition, poison))) {
                batch.flush(records.getLast().offset());
                sent.put(partition, new Sent(records.size(), records.getFirst().timestamp()));
                sending = true;
            }
        } finally {
            // Whatever went wrong: what is left in the window must not go out with another partition's.
            if (!sending) {
                displace(partition, batch);
            }
        }
    }

    private List<Letter> fold(PartitionBatch batch, List<ConsumerRecord<byte[], byte[]>> records) {
        List<Letter> poison = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                parts.decoder().decode(record, batch::add);
            } catch (Poison e) {
                if (!batch.passed(record.offset())) {
                    poison.add(new Letter(record, e.reason()));
                }
            }
        }
        return poison;
    }

    private boolean putAside(TopicPartition partition, List<Letter> poison) {
        try {
            parts.deadLetters().send(poison);
            store.reject(
                            partition.partition(),
                            poison.stream()
                                    .map(letter -> letter.record().offset())
                                    .toList())
                    .toCompletableFuture()
                    .join();
            metrics.deadLetters.increment(poison.size());
            return true;
        } catch (CompletionException | KafkaException | DataAccessException e) {
            LOG.warn(
                    "{}: cannot put {} dead letters aside, trying again: {}",
                    parts.topic(),
                    poison.size(),
                    e.toString());
            return false;
        }
    }

    /** Waits for the answers to what was sent; false when the partition has to be placed again. */
    private boolean settle(TopicPartition partition) {
        Flushed flushed = batch(partition).settle();
        Sent what = sent.remove(partition);
        return switch (flushed) {
            case Flushed.Done done -> {
                if (what != null) {
                    metrics.flushed(what.records(), what.oldest(), done);
                }
                countedAgain.applied(partition, unapplied(partition));
                yield true;
            }
            case Flushed.Fenced fenced -> {
                metrics.fenced.increment();
                LOG.info("{}: fenced, reading the watermarks again: {}", partition, fenced.detail());
                yield false;
            }
            case Flushed.Failed failed -> {
                metrics.failed.increment();
                LOG.warn(
                        "{}: flush failed, reading the watermarks again: {}",
                        partition,
                        failed.cause().toString());
                yield false;
            }
        };
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        for (TopicPartition partition : assigned) {
            sent.remove(partition);
            partitions.put(partition, new PartitionBatch(partition.partition(), store, window));
            parts.assigned().add(parts.family(), partition.partition());
        }
        // There is no position until it is set: the group's committed offsets are not to be believed.
        consumer.seekToBeginning(assigned);
        place(consumer, assigned);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        revoked.forEach(this::forget);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        lost.forEach(this::forget);
    }

    /** Whoever has it next goes by the watermarks: whether what was sent arrived is theirs to find. */
    private void forget(TopicPartition partition) {
        partitions.remove(partition);
        sent.remove(partition);
        countedAgain.forget(partition);
        parts.assigned().remove(parts.family(), partition.partition());
    }

    /** A partition without traffic: is the store still where this partition thinks it is? */
    void idle(Consumer<?, ?> consumer, TopicPartition partition) {
        PartitionBatch batch = partitions.get(partition);
        if (batch == null) {
            return;
        }
        if (batch.state() == State.FLUSHING) {
            settle(partition);
        }
        try {
            if (batch.agrees(stored(partition).join())) {
                return;
            }
        } catch (CompletionException e) {
            LOG.debug("{}: cannot verify the watermarks: {}", partition, e.toString());
            return;
        }
        displace(partition, batch);
        place(consumer, List.of(partition));
    }

    /**
     * Whether every bucket of a partition is at the offset or past it. Those behind are moved there: all records up to it were
     * handed in, the last of them may have been compacted away.
     */
    boolean reach(Consumer<?, ?> consumer, TopicPartition partition, long through) {
        PartitionBatch batch = batch(partition);
        if (batch.state() == State.RUNNING && batch.unapplied() <= through) {
            batch.flush(through);
        }
        if (batch.state() == State.FLUSHING) {
            settle(partition);
        }
        if (batch.state() == State.UNPLACED) {
            if (!place(consumer, List.of(partition))) {
                pauses.failed();
            }
            return false;
        }
        return batch.unapplied() > through;
    }

    /** The log does not have the records that were to be read next: what it is now decides how to go on, or whether. */
    void lostPlace(Consumer<?, ?> consumer) {
        partitions.forEach(this::displace);
        if (!place(consumer, List.copyOf(partitions.keySet()))) {
            pauses.failed();
        }
    }

    private void displace(TopicPartition partition, PartitionBatch batch) {
        batch.displace();
        sent.remove(partition);
    }

    /** Reads the watermarks and seeks behind them; false when that must be tried again. */
    private boolean place(Consumer<?, ?> consumer, Collection<TopicPartition> unplaced) {
        try {
            Map<TopicPartition, CompletableFuture<List<Watermark>>> stored = new HashMap<>();
            unplaced.forEach(partition -> stored.put(partition, stored(partition)));
            String topicId = parts.facts().id(parts.topic());
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(unplaced);
            Map<TopicPartition, Long> ends = consumer.endOffsets(unplaced);
            stored.forEach((partition, watermarks) -> {
                long end = ends.getOrDefault(partition, 0L);
                long from = batch(partition).place(topicId, watermarks.join(), end);
                long beginning = beginnings.getOrDefault(partition, 0L);
                if (from < beginning) {
                    throw new LogUnusable(partition + ": records from offset " + from
                            + " are needed, but the log begins at " + beginning);
                }
                consumer.seek(partition, from);
                countedAgain.placed(partition, from, end);
            });
            return true;
        } catch (LogUnusable e) {
            halt.accept(String.valueOf(e.getMessage()));
            return false;
        } catch (CompletionException | KafkaException | RetriableException e) {
            LOG.warn("{}: cannot read where to go on, trying again: {}", parts.topic(), e.toString());
            return false;
        }
    }

    private CompletableFuture<List<Watermark>> stored(TopicPartition partition) {
        return store.watermarks(partition.partition()).toCompletableFuture();
    }

    private PartitionBatch batch(TopicPartition partition) {
        PartitionBatch batch = partitions.get(partition);
        if (batch == null) {
            throw new IllegalStateException(partition + " has records but was not assigned");
        }
        return batch;
    }
}
