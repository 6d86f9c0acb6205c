package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.batcher.LikeBatcherApplication;
import spillway.events.v1.Engagement;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Generations;
import spillway.platform.counters.Watermark;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;
import spillway.platform.testing.Servers;

/** One test's log and counts, the batchers between them, and what the counts must be. */
public final class Bench implements AutoCloseable {

    public static final int PARTITIONS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Servers servers;
    private final Topics topics;
    private final CounterLayout layout;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RedisClient redisClient;
    private final RedisCommands<byte[], byte[]> redis;
    private final Map<Long, Set<String>> expected = new TreeMap<>();
    private final Map<EngagementKey, Long> highest = new HashMap<>();
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<ConfigurableApplicationContext> batchers = new ArrayList<>();

    /** @param name distinct among the suite's tests */
    public Bench(Servers servers, String name) {
        this.servers = servers;
        this.topics = new Topics(servers.kafka().topicPrefix() + name + "-", PARTITIONS, (short) 1);
        this.layout = new CounterLayout(servers.redis().prefix() + name + ":", PARTITIONS);
        // One request at a time: while a new partition has no leader yet, the second of two requests may be taken and
        // the first then refused as out of order, until its delivery times out.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers.kafka().bootstrapServers(),
                        "linger.ms",
                        5,
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Servers.Redis at = servers.redis();
        this.redisClient = RedisClient.create(RedisURI.builder()
                .withHost(at.host())
                .withPort(at.port())
                .withPassword(at.password().toCharArray())
                .build());
        StatefulRedisConnection<byte[], byte[]> connection = redisClient.connect(ByteArrayCodec.INSTANCE);
        this.redis = connection.sync();
    }

    public Topics topics() {
        return topics;
    }

    /** The keys of the generation in use. */
    public CounterLayout present() {
        return layout.generation(generations().inUse());
    }

    public Generations generations() {
        return Generations.parse(redis.get(Generations.key(layout)));
    }

    /** The keys of generation 0. */
    public CounterLayout layout() {
        return layout;
    }

    public RedisCommands<byte[], byte[]> redis() {
        return redis;
    }

    /** @param properties besides those that name the servers, or instead of them */
    public ConfigurableApplicationContext startBatcher(Map<String, String> properties) {
        ConfigurableApplicationContext batcher =
                new SpringApplicationBuilder(LikeBatcherApplication.class).run(arguments(properties));
        batchers.add(batcher);
        return batcher;
    }

    /** A batcher as a process of its own, to be killed. */
    public Process startBatcherProcess() {
        return startProcess(ProcessBuilder.Redirect.DISCARD, arguments(Map.of()));
    }

    /** A rebuild as a process of its own, to be killed. */
    public Process startRebuildProcess() {
        return startProcess(
                ProcessBuilder.Redirect.PIPE,
                Stream.concat(Stream.of("rebuild-counters"), Stream.of(addresses()))
                        .toArray(String[]::new));
    }

    private Process startProcess(ProcessBuilder.Redirect output, String[] arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LikeBatcherApplication.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Process batcher = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            processes.add(batcher);
            return batcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the servers are, and this test's part of them. */
    public String[] addresses() {
        return asArguments(servers());
    }

    private Map<String, String> servers() {
        Servers.Redis at = servers.redis();
        return Map.of(
                "spring.kafka.bootstrap-servers", servers.kafka().bootstrapServers(),
                "spillway.topics.prefix", topics.prefix(),
                "spring.data.redis.host", at.host(),
                "spring.data.redis.port", Integer.toString(at.port()),
                "spring.data.redis.password", at.password(),
                "spillway.redis.prefix", layout.prefix());
    }

    private String[] arguments(Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "spring.main.web-application-type", "none",
                "spring.main.keep-alive", "true"));
        all.putAll(servers());
        all.putAll(properties);
        return asArguments(all);
    }

    private static String[] asArguments(Map<String, String> properties) {
        return properties.entrySet().stream().map(property -> "--" + property).toArray(String[]::new);
    }

    /** Records that the slowest buckets have applied. */
    public long applied() {
        long sum = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long slowest = Long.MAX_VALUE;
            for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                slowest = Math.min(slowest, watermark(partition, bucket).offset());
            }
            sum += slowest + 1;
        }
        return sum;
    }

    public ConfigurableApplicationContext startBatcher() {
        return startBatcher(Map.of());
    }

    public static double metric(ConfigurableApplicationContext batcher, String name) {
        return batcher.getBean(io.micrometer.core.instrument.MeterRegistry.class)
                .get("spillway.batcher." + name)
                .tag("family", CounterFamily.LIKES.id())
                .counter()
                .count();
    }

    /** Appends a like or an unlike, and remembers what it makes of the post. */
    public void like(long post, long user, boolean add) {
        like(post, user, add, 0);
    }

    /** Appends one with the client's sequence, 0 for none: an older one than before makes nothing of the post. */
    public void like(long post, long user, boolean add, long sequence) {
        like(post, user, add, sequence, null);
    }

    /** Appends one with the time that its producer took it for, milliseconds since the epoch; null for the right one. */
    void like(long post, long user, boolean add, long sequence, @Nullable Long time) {
        EngagementKey key = new EngagementKey(post, user, sequence);
        Engagement like = Engagement.newBuilder()
                .setPostId(post)
                .setUserId(user)
                .setMember(user)
                .setOperation(add ? Engagement.Operation.ADD : Engagement.Operation.REMOVE)
                .setClientSequence(sequence)
                .build();
        sends.add(producer.send(new ProducerRecord<>(
                topics.likes(), key.partition(PARTITIONS), time, key.toBytes(), like.toByteArray())));
        Set<String> likers = expected.computeIfAbsent(post, absent -> new TreeSet<>());
        EngagementKey unnumbered = new EngagementKey(post, user);
        if (sequence > 0 && sequence <= highest.getOrDefault(unnumbered, 0L)) {
            return;
        }
        highest.merge(unnumbered, sequence, Math::max);
        if (add) {
            likers.add(Long.toString(user));
        } else {
            likers.remove(Long.toString(user));
        }
    }

    /** Appends anything to the likes. */
    public void append(int partition, byte @Nullable [] key, byte @Nullable [] value) {
        sends.add(producer.send(new ProducerRecord<>(topics.likes(), partition, key, value)));
    }

    public void awaitDrained() {
        awaitSent();
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ends().entrySet().stream()
                        .allMatch(end -> end.getValue() == 0 || isAppliedUpTo(end.getKey(), end.getValue() - 1)));
    }

    public void awaitSent() {
        producer.flush();
        for (Future<RecordMetadata> send : sends) {
            assertThat(send).succeedsWithin(Duration.ZERO);
        }
        sends.clear();
    }

    private boolean isAppliedUpTo(int partition, long offset) {
        for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
            if (watermark(partition, bucket).offset() != offset) {
                return false;
            }
        }
        return true;
    }

    private Watermark watermark(int partition, int bucket) {
        return Watermark.parse(redis.get(present().watermark(CounterFamily.LIKES, partition, bucket)));
    }

    /** Deletes the likes and makes an empty topic of the same name. */
    public void makeTopicAnew() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            admin.deleteTopics(List.of(topics.likes())).all().get();
            await().atMost(LONGEST).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(topics.likes(), PARTITIONS, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
    }

    private Map<Integer, Long> ends() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                latest.put(new TopicPartition(topics.likes(), partition), OffsetSpec.latest());
            }
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().partition(),
                            end -> end.getValue().offset()));
        }
    }

    public void assertCountsAreExact() {
        CounterLayout present = present();
        expected.forEach((post, likers) -> {
            Set<String> members = new TreeSet<>();
            long count = 0;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                redis.smembers(present.members(CounterFamily.LIKES, partition, post))
                        .forEach(member -> members.add(text(member)));
                byte[] counted = redis.hget(
                        present.counts(CounterFamily.LIKES, partition, CounterLayout.bucket(post)),
                        Long.toString(post).getBytes(StandardCharsets.UTF_8));
                count += counted == null ? 0 : Long.parseLong(text(counted));
            }
            assertThat(members).as("likers of post %d", post).isEqualTo(likers);
            assertThat(count).as("likes of post %d", post).isEqualTo(likers.size());
        });
    }

    /** Deletes the test's keys, as soon as there are some, in one command, as FLUSHALL would. */
    public void loseRedis() {
        await().atMost(LONGEST).until(() -> !keys().isEmpty());
        redis.del(keys().toArray(byte[][]::new));
    }

    private List<byte[]> keys() {
        return redis.keys(layout.prefix() + "*");
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        batchers.forEach(ConfigurableApplicationContext::close);
        producer.close();
        redisClient.shutdown();
    }
}
