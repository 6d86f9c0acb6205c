package spillway.batcher.log;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.LogUnusable;
import spillway.batcher.collapse.PartitionBatch;
import spillway.batcher.collapse.Window;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.Watermark;
import spillway.platform.events.Topics;

/**
 * Feeds one family's whole log into a store as far as it is told, with the reader that batchers use but without their group.
 * Poison is noted with the store and nowhere else: the batcher that met it first has put it aside. Owned by one thread.
 */
public final class Replay implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** As large as a window of a batcher that is behind. */
    private static final int WINDOW_RECORDS = 50_000;

    private final TopicFacts facts;
    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final FamilyReader reader;
    private final List<TopicPartition> partitions;
    private final AtomicReference<@Nullable String> halted = new AtomicReference<>();
    private boolean assigned;

    /** @param consumers what the environment says about Kafka */
    public Replay(
            CounterFamily family,
            Topics topics,
            CounterStore store,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin kafka) {
        this.topic = family.topic(topics);
        this.facts = new TopicFacts(kafka, topics.partitions());
        this.partitions = IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        FamilyParts parts = new FamilyParts(
                family,
                topic,
                Decoder.of(family, topics.partitions()),
                () -> store,
                letters -> {},
                facts,
                new FamilyMetrics(family, new SimpleMeterRegistry(), Clock.systemUTC()),
                new Halts(),
                new Assigned());
        this.reader = new FamilyReader(
                parts,
                new Pauses(SHORTEST_PAUSE, LONGEST_PAUSE, pause -> LockSupport.parkNanos(pause.toNanos())),
                new Linger(Duration.ZERO, 1, WINDOW_RECORDS, System::nanoTime),
                halted::set);
        this.consumer =
                Consumers.of(consumers, WINDOW_RECORDS, Consumers.FETCH_BYTES).createConsumer();
    }

    /**
     * Looks whether watermarks are of this log, as a batcher does before it goes on from them.
     *
     * @param stored one watermark per bucket
     * @throws LogUnusable when they are not
     */
    public void check(int partition, List<Watermark> stored, CounterStore store) {
        TopicPartition of = partitions.get(partition);
        long end = consumer.endOffsets(List.of(of)).getOrDefault(of, 0L);
        var unused = new PartitionBatch(partition, store, new Window()).place(facts.id(topic), stored, end);
    }

    /**
     * Returns when each bucket of each partition is at its partition's target or past it.
     *
     * @param targets offset per partition, -1 to leave it as it is
     * @param watcher told again and again how many offsets of the targets were read; what it throws ends the replay
     * @throws LogUnusable when the log is not the one that the store was counted from
     */
    public void until(long[] targets, LongConsumer watcher) {
        if (!assigned) {
            consumer.assign(partitions);
            reader.onPartitionsAssigned(consumer, partitions);
            assigned = true;
        }
        List<TopicPartition> open = new ArrayList<>(partitions);
        open.removeIf(partition -> isReached(partition, targets));
        consumer.pause(partitions);
        while (!open.isEmpty()) {
            consumer.resume(open);
            ConsumerRecords<byte[], byte[]> records = upTo(targets, consumer.poll(POLL));
            if (!records.isEmpty()) {
                reader.onMessage(records, null, consumer);
            }
            String reason = halted.get();
            if (reason != null) {
                throw new LogUnusable(reason);
            }
            List<TopicPartition> reached = open.stream()
                    .filter(partition -> isReached(partition, targets))
                    .toList();
            consumer.pause(reached);
            open.removeAll(reached);
            watcher.accept(read(targets));
        }
    }

    /** Nothing past the targets is handed on; it is fetched again when it is wanted. */
    private ConsumerRecords<byte[], byte[]> upTo(long[] targets, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> wanted = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            long target = targets[partition.partition()];
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            if (records.getLast().offset() > target) {
                records = records.stream()
                        .takeWhile(record -> record.offset() <= target)
                        .toList();
                consumer.seek(partition, target + 1);
            }
            if (!records.isEmpty()) {
                wanted.put(partition, records);
            }
        }
        return new ConsumerRecords<>(wanted, Map.of());
    }

    private boolean isReached(TopicPartition partition, long[] targets) {
        long target = targets[partition.partition()];
        return target < 0 || (consumer.position(partition) > target && reader.reach(consumer, partition, target));
    }

    private long read(long[] targets) {
        return partitions.stream()
                .mapToLong(partition -> Math.min(consumer.position(partition), targets[partition.partition()] + 1))
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
