package spillway.content.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import spillway.events.v1.PostEvent;
import spillway.platform.events.Topics;
import spillway.platform.testing.Servers;

/** What is on the topic {@code post-events}, read anew from its start. */
public final class Events implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<PostEvent> read = new ArrayList<>();

    public Events(Servers.Kafka kafka, Topics topics) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, topics.partitions())
                .mapToObj(n -> new TopicPartition(topics.postEvents(), n))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All events about a post so far, in their order. */
    public List<PostEvent> about(String post) {
        readOn();
        long id = Long.parseLong(post);
        return read.stream().filter(event -> event.getPostId() == id).toList();
    }

    /** The posts that there are events about so far. */
    public Set<String> posts() {
        readOn();
        return read.stream().map(event -> Long.toString(event.getPostId())).collect(Collectors.toSet());
    }

    /** Each record's key is checked on the way. */
    private void readOn() {
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(200))) {
            PostEvent parsed = parse(event.value());
            if (ByteBuffer.wrap(event.key()).getLong() != parsed.getPostId()) {
                throw new AssertionError("event about " + parsed.getPostId() + " under another key");
            }
            read.add(parsed);
        }
    }

    private static PostEvent parse(byte[] value) {
        try {
            return PostEvent.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
