package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;
import spillway.events.v1.Engagement;
import spillway.events.v1.Engagement.Operation;
import spillway.platform.counters.CounterFamily;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Invariant I8: poison delays nobody, and none of it is lost. Records without a key are refused by the broker itself. */
@RealServers({Server.REDIS, Server.KAFKA})
class PoisonIT {

    private static final byte[] KEY = new EngagementKey(7, 8).toBytes();
    private static final int PARTITION = new EngagementKey(7, 8).partition(Bench.PARTITIONS);

    private static byte[] value(long post, long member, Operation operation) {
        return Engagement.newBuilder()
                .setPostId(post)
                .setUserId(member)
                .setMember(member)
                .setOperation(operation)
                .build()
                .toByteArray();
    }

    @Test
    void everyKindOfPoison_goesToTheDeadLetters_whileLikesAroundItCount(Servers servers) {
        try (Bench bench = new Bench(servers, "poison")) {
            bench.startBatcher();
            byte[] good = value(7, 8, Operation.ADD);
            bench.like(7, 8, true);
            bench.append(PARTITION, KEY, null);
            bench.append(PARTITION, new byte[15], good);
            bench.append(PARTITION, new byte[16], good);
            bench.append(PARTITION, KEY, "no protobuf".getBytes(StandardCharsets.UTF_8));
            bench.append(PARTITION, KEY, value(9, 8, Operation.ADD));
            bench.append(PARTITION, KEY, value(7, 8, Operation.OPERATION_UNSPECIFIED));
            bench.append((PARTITION + 1) % Bench.PARTITIONS, KEY, good);
            for (long user = 100; user < 400; user++) {
                bench.like(7, user, true);
            }
            bench.awaitDrained();
            bench.assertCountsAreExact();

            Map<Integer, Set<Long>> deadOffsets = deadOffsets(servers, bench);
            assertThat(deadOffsets.get(PARTITION)).hasSize(6);
            assertThat(deadOffsets.get((PARTITION + 1) % Bench.PARTITIONS)).hasSize(1);
            deadOffsets.forEach((partition, offsets) -> assertThat(
                            bench.redis().smembers(bench.layout().deadLetters(CounterFamily.LIKES, partition)).stream()
                                    .map(offset -> Long.valueOf(Bench.text(offset)))
                                    .collect(Collectors.toSet()))
                    .isEqualTo(offsets));
        }
    }

    @Test
    void poisonThatIsReplayedByARebuild_isKnownThere_andPutAsideOnce(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "poison-rebuilt")) {
            bench.startBatcher();
            bench.like(7, 8, true);
            bench.append(PARTITION, KEY, "no protobuf".getBytes(StandardCharsets.UTF_8));
            bench.like(7, 9, true);
            bench.awaitDrained();

            Process rebuild = bench.startRebuildProcess();
            String said = new String(rebuild.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rebuild.waitFor()).as(said).isZero();

            assertThat(deadLetters(servers, bench)).hasSize(1);
            assertThat(bench.generations().inUse()).isEqualTo(1);
            assertThat(bench.redis().smembers(bench.present().deadLetters(CounterFamily.LIKES, PARTITION)))
                    .hasSize(1);
            bench.assertCountsAreExact();
        }
    }

    /** Coordinates in the headers of the dead letters: partition to offsets. */
    private static Map<Integer, Set<Long>> deadOffsets(Servers servers, Bench bench) {
        Map<Integer, Set<Long>> offsets = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : deadLetters(servers, bench)) {
            int partition = ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_PARTITION))
                    .getInt();
            long offset = ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_OFFSET))
                    .getLong();
            assertThat(Bench.text(header(letter, KafkaHeaders.DLT_ORIGINAL_TOPIC)))
                    .isEqualTo(bench.topics().likes());
            assertThat(header(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).isNotEmpty();
            offsets.computeIfAbsent(partition, absent -> new TreeSet<>()).add(offset);
        }
        return offsets;
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return letter.headers().lastHeader(name).value();
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(Servers servers, Bench bench) {
        String topic = Topics.deadLetters(bench.topics().likes());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (letters.size() < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(letters::add);
            }
        }
        return letters;
    }
}
