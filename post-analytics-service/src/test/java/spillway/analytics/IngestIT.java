package spillway.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.KafkaHeaders;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;
import spillway.events.v1.Engagement;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.CASSANDRA, Server.KAFKA})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.kafka.consumer.max-poll-records=100")
class IngestIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong POSTS = new AtomicLong(System.currentTimeMillis() << 20);

    /** Within the bounds of event times, and with the next hour's start in reach. */
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS);

    private final long post = POSTS.incrementAndGet();

    private final EventStore store;
    private final Topics topics;
    private final MessageListenerContainer container;
    private final MeterRegistry meters;
    private final Servers.Kafka kafka;
    private final Messages messages;
    private final Admin admin;

    IngestIT(
            Servers servers,
            @Autowired EventStore store,
            @Autowired Topics topics,
            @Autowired MessageListenerContainer container,
            @Autowired MeterRegistry meters) {
        this.meters = meters;
        this.store = store;
        this.topics = topics;
        this.container = container;
        kafka = servers.kafka();
        messages = new Messages(kafka.bootstrapServers(), topics);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    /**
     * Topics made a moment ago can have partitions that nobody leads yet. A producer that starts then may have its second
     * batch taken before its first, which is refused from then on; listing offsets waits for the leaders.
     */
    @BeforeEach
    void leadersAndConsumersAreThere() {
        await().atMost(PATIENCE).until(store::isOpen);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !offsets(OffsetSpec.latest()).isEmpty());
        container.start();
    }

    @AfterEach
    void close() {
        messages.close();
        admin.close();
    }

    @Test
    void everyKind_isStoredAsProduced() {
        messages.like(post, 1, hour);
        messages.like(post, 2, hour.plusSeconds(59));
        messages.unlike(post, 2, hour.plusSeconds(60));
        messages.share(post, 900, hour);
        messages.view(post, 1, hour);
        messages.view(post, 9, hour);
        messages.comment(post, 77, hour);
        messages.await();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(count(Kind.LIKES)).isEqualTo(2);
            assertThat(count(Kind.UNLIKES)).isEqualTo(1);
            assertThat(count(Kind.SHARES)).isEqualTo(1);
            assertThat(count(Kind.VIEWS)).isEqualTo(10);
            assertThat(count(Kind.COMMENTS)).isEqualTo(1);
            assertThat(count(Kind.POSTS)).isZero();
        });
    }

    @Test
    void contentEventDeliveredTwice_isOneEvent() {
        messages.comment(post, 77, hour);
        messages.comment(post, 77, hour);
        messages.comment(post, 78, hour);
        messages.await();

        awaitDrained();
        assertThat(count(Kind.COMMENTS)).isEqualTo(2);
    }

    @Test
    void eventsAcrossAnHourBoundary_areInTheirOwnMinutes() {
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        messages.like(post, 1, next.minusMillis(1));
        messages.like(post, 2, next);
        messages.like(post, 3, next.plusMillis(59_999));
        messages.await();

        awaitDrained();
        assertThat(store.perMinute(post, Kind.LIKES, hour, next.plus(1, ChronoUnit.HOURS)))
                .containsExactly(Map.entry(next.minusSeconds(60), 1L), Map.entry(next, 2L));
    }

    @Test
    void replayOfTheWholeTopic_addsNothing() throws Exception {
        Map<Instant, Long> produced = produce(5_000);
        awaitDrained();
        assertThat(store.perMinute(post, Kind.LIKES, hour, end())).isEqualTo(produced);

        container.stop();
        admin.alterConsumerGroupOffsets(group(), starts()).all().get();
        container.start();

        awaitDrained();
        assertThat(store.perMinute(post, Kind.LIKES, hour, end())).isEqualTo(produced);
    }

    @Test
    void committedPastTheEndOfTheLog_allOfItIsReadAgain() throws Exception {
        Map<Instant, Long> produced = produce(1_000);
        awaitDrained();
        container.stop();
        Map<TopicPartition, OffsetAndMetadata> past = new HashMap<>();
        offsets(OffsetSpec.latest()).forEach((partition, end) -> {
            if (partition.topic().equals(topics.likes())) {
                past.put(partition, new OffsetAndMetadata(end + 10_000));
            }
        });
        admin.alterConsumerGroupOffsets(group(), past).all().get();
        container.start();

        awaitDrained();
        assertThat(store.perMinute(post, Kind.LIKES, hour, end())).isEqualTo(produced);
    }

    @Test
    void listenerStoppedMidway_losesAndDoublesNothing() {
        container.stop();
        Map<Instant, Long> produced = produce(5_000);
        double before = stored();
        for (int restart = 1; restart <= 5; restart++) {
            double some = before + restart * 500;
            container.start();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> stored() >= some);
            container.stop();
        }
        assertThat(stored() - before).isLessThan(5_000);
        container.start();

        awaitDrained();
        assertThat(store.perMinute(post, Kind.LIKES, hour, end())).isEqualTo(produced);
    }

    @Test
    void poison_goesToTheDeadLettersWithItsCoordinates_andHoldsUpNothing() {
        byte[] garbage = "not a message".getBytes(StandardCharsets.UTF_8);
        messages.like(post, 1, hour);
        messages.send(topics.likes(), 3, hour, garbage, garbage);
        messages.send(topics.postEvents(), 0, hour, null, null);
        messages.view(post, 0, hour);
        messages.like(post, 2, hour);
        messages.await();

        awaitDrained();
        assertThat(count(Kind.LIKES)).isEqualTo(2);
        assertThat(deadLetters(topics.likes()).getFirst().value()).isEqualTo(garbage);
        assertThat(header(deadLetters(topics.likes()).getFirst(), KafkaHeaders.DLT_ORIGINAL_TOPIC))
                .isEqualTo(topics.likes());
        assertThat(header(deadLetters(topics.likes()).getFirst(), KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP))
                .isEqualTo(group());
        assertThat(deadLetters(topics.postEvents())).hasSize(1);
        assertThat(deadLetters(topics.views())).hasSize(1);
    }

    @Test
    void aDeadLetter_isNotSentAgain_whenItsChunkIsReadAgain() {
        byte[] key = new EngagementKey(post, 99).toBytes();
        messages.send(topics.shares(), 5, hour, key, key);
        messages.await();
        awaitDrained();

        container.stop();
        container.start();
        messages.send(topics.shares(), 5, hour, key, key);
        messages.await();

        awaitDrained();
        assertThat(deadLetters(topics.shares()).stream().filter(letter -> Arrays.equals(letter.key(), key)))
                .hasSize(2);
    }

    @Test
    void eventOfAServiceWhoseClockIsAnHourAhead_isStoredUnderTheBrokersTime() {
        Instant now = Instant.now();
        byte[] key = new EngagementKey(post, 1).toBytes();
        byte[] value = Engagement.newBuilder()
                .setPostId(post)
                .setMember(1)
                .setUserId(1)
                .setOperation(Engagement.Operation.ADD)
                .setAcceptedAtMillis(now.plus(1, ChronoUnit.HOURS).toEpochMilli())
                .build()
                .toByteArray();
        messages.send(topics.shares(), 0, now, key, value);
        messages.await();

        awaitDrained();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        assertThat(store.perMinute(post, Kind.SHARES, minute, minute.plus(5, ChronoUnit.MINUTES))
                        .values())
                .containsExactly(1L);
        assertThat(store.perMinute(
                        post, Kind.SHARES, minute.plus(5, ChronoUnit.MINUTES), minute.plus(2, ChronoUnit.HOURS)))
                .isEmpty();
    }

    private Map<Instant, Long> produce(int likes) {
        SplittableRandom random = new SplittableRandom(42);
        List<Instant> times = new ArrayList<>();
        for (int user = 1; user <= likes; user++) {
            Instant at =
                    hour.plusMillis(random.nextLong(0, Duration.ofMinutes(90).toMillis()));
            times.add(at.truncatedTo(ChronoUnit.MINUTES));
            messages.like(post, user, at);
        }
        messages.await();
        return times.stream().collect(Collectors.groupingBy(at -> at, Collectors.counting()));
    }

    /** How many events this process has stored, however often. */
    private double stored() {
        return meters.find("spillway.analytics.events").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private Instant end() {
        return hour.plus(2, ChronoUnit.HOURS);
    }

    private long count(Kind kind) {
        return store.perMinute(post, kind, hour, end()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Returns when every record of the topics has been read and committed. */
    private void awaitDrained() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(committed())
                        .containsAllEntriesOf(offsets(OffsetSpec.latest()).entrySet().stream()
                                .filter(end -> end.getValue() > 0)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private Map<TopicPartition, OffsetAndMetadata> starts() throws ExecutionException, InterruptedException {
        return offsets(OffsetSpec.earliest()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue())));
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.likes(), topics.shares(), topics.postEvents(), topics.views())) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private String group() {
        return topics.prefix() + "analytics";
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(String topic) {
        Map<String, Object> configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.deadLetters(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
            return letters;
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
