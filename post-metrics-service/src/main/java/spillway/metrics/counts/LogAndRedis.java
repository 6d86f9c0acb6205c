package spillway.metrics.counts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.BeansException;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.CountersInUse;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.Watermark;
import spillway.platform.events.Topics;
import spillway.platform.pressure.StoreTime;

/** Samples log ends from Kafka and watermarks from Redis. Thread-safe. */
final class LogAndRedis implements Backlog.Source {

    /** A Redis that does not do what it is asked is as good as one that takes so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<Admin> kafka;
    private final Topics topics;
    private final CountersInUse counters;
    private final StoreTime redis;

    /**
     * @param kafka asked at each use, so that a start needs no broker's address to resolve
     * @param redis is told how long Redis takes
     */
    LogAndRedis(Supplier<Admin> kafka, Topics topics, CountersInUse counters, StoreTime redis) {
        this.kafka = kafka;
        this.topics = topics;
        this.counters = counters;
        this.redis = redis;
    }

    /** The ends are read first: a record that comes in between is then at worst reported as applied, not as missing. */
    @Override
    public CompletionStage<Sample> sample(CounterFamily family) {
        long began = System.nanoTime();
        return ends(family).thenCompose(ends -> applied(family).thenApply(applied -> new Sample(ends, applied, began)));
    }

    private CompletionStage<long[]> ends(CounterFamily family) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < topics.partitions(); partition++) {
            latest.put(new TopicPartition(family.topic(topics), partition), OffsetSpec.latest());
        }
        try {
            return kafka.get().listOffsets(latest).all().toCompletionStage().thenApply(this::inOrder);
        } catch (KafkaException | BeansException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
    }

    private long[] inOrder(Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found) {
        long[] ends = new long[topics.partitions()];
        found.forEach((partition, info) -> ends[partition.partition()] = info.offset());
        return ends;
    }

    private CompletionStage<long[][]> applied(CounterFamily family) {
        StoreTime.Call call = redis.begin();
        return counters.read((layout, pipeline) -> applied(family, layout, pipeline))
                .whenComplete((applied, failure) -> {
                    if (failure == null) {
                        redis.end(call);
                    } else {
                        redis.fail(call, PATIENCE);
                    }
                });
    }

    private static CompletableFuture<long[][]> applied(CounterFamily family, CounterLayout layout, Pipeline pipeline) {
        long[][] applied = new long[layout.partitions()][CounterLayout.BUCKETS];
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (int p = 0; p < applied.length; p++) {
            for (int b = 0; b < CounterLayout.BUCKETS; b++) {
                int partition = p;
                int bucket = b;
                reads.add(pipeline.get(layout.watermark(family, partition, bucket))
                        .thenAccept(stored -> applied[partition][bucket] =
                                Watermark.parse(stored).offset()));
            }
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).thenApply(all -> applied);
    }
}
