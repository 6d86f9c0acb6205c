package spillway.metrics.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import spillway.events.v1.Engagement;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;
import spillway.platform.testing.Servers;

/**
 * Does what the like-batcher does, when told to and one record after the other: whoever reads the counts sees the same
 * keys. Not exact under faults; the batcher's own tests are about that.
 */
public final class CatchUp implements AutoCloseable {

    private final Topics topics;
    private final CounterLayout layout;
    private final RedisClient client;
    private final RedisCommands<byte[], byte[]> redis;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final CounterFamily family;

    public CatchUp(Servers servers, CounterFamily family) {
        this.family = family;
        this.topics = new Topics(servers.kafka().topicPrefix(), 8, (short) 1);
        this.layout = new CounterLayout(servers.redis().prefix(), topics.partitions());
        this.client = RedisClient.create(RedisURI.builder()
                .withHost(servers.redis().host())
                .withPort(servers.redis().port())
                .withPassword(servers.redis().password().toCharArray())
                .build());
        this.redis = client.connect(ByteArrayCodec.INSTANCE).sync();
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new TopicPartition(family.topic(topics), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Applies everything that is in the log. */
    public void now() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(this::apply);
        }
    }

    /** Says that a record went to the dead letters, before it is passed. */
    public void reject(int partition, long offset) {
        redis.sadd(layout.deadLetters(family, partition), bytes(Long.toString(offset)));
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        EngagementKey key = EngagementKey.fromBytes(record.key());
        byte[] members = layout.members(family, record.partition(), key.post());
        byte[] member = bytes(Long.toString(key.member()));
        int bucket = CounterLayout.bucket(key.post());
        byte[] counts = layout.counts(family, record.partition(), bucket);
        byte[] post = bytes(Long.toString(key.post()));
        if (isAdd(record)) {
            redis.hincrby(counts, post, redis.sadd(members, member));
        } else {
            redis.hincrby(counts, post, -redis.srem(members, member));
        }
        Watermark watermark = new Watermark("topic", record.offset());
        for (int each = 0; each < CounterLayout.BUCKETS; each++) {
            redis.set(layout.watermark(family, record.partition(), each), bytes(watermark.toString()));
        }
    }

    private static boolean isAdd(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Engagement.parseFrom(record.value()).getOperation() == Engagement.Operation.ADD;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
        client.shutdown();
    }
}
