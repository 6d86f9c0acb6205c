package spillway.batcher.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import spillway.events.v1.Engagement;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/** A topic full of likes, as the metrics service writes them, and what they come to. */
final class Backlog {

    private static final long ACCEPTED_AT = 1_700_000_000_000L;

    /** One like in so many is an earlier one sent again. */
    private static final int REPEATED = 50;

    /** Odd, so that multiplying by it gives each like another user; ids of ten digits. */
    private static final long SPREAD = 0x9E3779B1L;

    private static final long USERS = 1L << 33;

    private final String kafka;
    private final Topics topics;
    private final int likes;
    private final int[] distinct;

    private Backlog(String kafka, Topics topics, int likes, int posts) {
        this.kafka = kafka;
        this.topics = topics;
        this.likes = likes;
        this.distinct = new int[posts];
    }

    /** Makes the topic and returns when all its likes are acknowledged. */
    static Backlog fill(String kafka, Topics topics, Pattern pattern, int likes)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            NewTopic topic = new NewTopic(topics.likes(), Optional.of(topics.partitions()), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            admin.createTopics(List.of(topic)).all().get();
        }
        Backlog backlog = new Backlog(kafka, topics, likes, pattern.posts());
        backlog.send(pattern);
        return backlog;
    }

    private void send(Pattern pattern) {
        RandomGenerator random = new SplittableRandom(1);
        Pattern.Ranks ranks = pattern.ranks(random);
        int[] rankOf = new int[likes];
        int[] userOf = new int[likes];
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        // One request at a time: the partitions are new and may still be without a leader.
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "linger.ms", 20,
                        "batch.size", 131_072,
                        "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int like = 0; like < likes; like++) {
                if (like > 0 && random.nextInt(REPEATED) == 0) {
                    int earlier = random.nextInt(like);
                    rankOf[like] = rankOf[earlier];
                    userOf[like] = userOf[earlier];
                } else {
                    rankOf[like] = ranks.next();
                    userOf[like] = like;
                    distinct[rankOf[like]]++;
                }
                var unused = producer.send(like(rankOf[like], userOf[like]), (metadata, thrown) -> {
                    if (thrown != null) {
                        failure.compareAndSet(null, thrown);
                    }
                });
            }
            producer.flush();
        }
        assertThat(failure).hasValue(null);
    }

    private ProducerRecord<byte[], byte[]> like(int rank, int number) {
        long post = Pattern.postId(rank);
        long user = 1 + (number * SPREAD & USERS - 1);
        EngagementKey key = new EngagementKey(post, user);
        Engagement like = Engagement.newBuilder()
                .setPostId(post)
                .setUserId(user)
                .setMember(user)
                .setOperation(Engagement.Operation.ADD)
                .setAcceptedAtMillis(ACCEPTED_AT + number)
                .build();
        return new ProducerRecord<>(
                topics.likes(), key.partition(topics.partitions()), key.toBytes(), like.toByteArray());
    }

    int likes() {
        return likes;
    }

    /** Distinct likes, over all posts. */
    int distinct() {
        return IntStream.of(distinct).sum();
    }

    /** What must be counted for each post that has likes. */
    Map<Long, Long> expected() {
        Map<Long, Long> expected = new HashMap<>();
        for (int rank = 0; rank < distinct.length; rank++) {
            if (distinct[rank] > 0) {
                expected.put(Pattern.postId(rank), (long) distinct[rank]);
            }
        }
        return expected;
    }

    /** How long a consumer takes that does nothing with the records. */
    Duration readThrough() {
        List<TopicPartition> partitions = IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new TopicPartition(topics.likes(), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "max.poll.records", 50_000, "max.partition.fetch.bytes", 4 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long start = System.nanoTime();
            for (int read = 0; read < likes; ) {
                read += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
