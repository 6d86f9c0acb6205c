package spillway.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.MessageListenerContainer;
import spillway.analytics.chunk.Chunk;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;
import spillway.platform.events.Topics;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Every event is stored once, whatever becomes of the services that store it. */
@RealServers({Server.CASSANDRA, Server.KAFKA})
class ExactEventsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 8;
    private static final long POST = 7;

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    private final Random random = new Random(1);

    /** When each user's only like was. */
    private final Map<Long, Instant> liked = new TreeMap<>();

    private final Servers servers;
    private final Admin admin;

    ExactEventsIT(Servers servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()));
    }

    @Test
    void killedInTheMiddle_theServiceLeavesNothingOutAndNothingTwice() throws Exception {
        Topics topics = topics("killed-");
        try (Messages messages = new Messages(servers.kafka().bootstrapServers(), topics)) {
            start(topics).close();
            for (int round = 0; round < 3; round++) {
                // Of the rows that the next service completes, this one writes the beginnings.
                like(messages, Chunk.RECORDS * PARTITIONS / 3);
                long before = stored(topics);
                Process service = startProcess(topics);
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> stored(topics) > before);
                service.destroyForcibly().waitFor();
                like(messages, 500);
            }
            try (ConfigurableApplicationContext service = start(topics)) {
                awaitAllStored(topics);
                assertEventsAreExact(service);
            }
        }
    }

    @Test
    void whilePartitionsGoBackAndForth_everyLikeIsStoredOnce() {
        Topics topics = topics("shared-");
        try (Messages messages = new Messages(servers.kafka().bootstrapServers(), topics);
                ConfigurableApplicationContext service = start(topics)) {
            for (int round = 0; round < 3; round++) {
                like(messages, 3_000);
                try (ConfigurableApplicationContext second = start(topics)) {
                    like(messages, 3_000);
                    awaitAllStored(topics);
                    assertThat(second.isActive()).isTrue();
                    like(messages, 3_000);
                }
            }
            awaitAllStored(topics);
            assertEventsAreExact(service);
        }
    }

    @Test
    void replaysFromAnyEarlierOffset_changeNothing() throws Exception {
        Topics topics = topics("replayed-");
        try (Messages messages = new Messages(servers.kafka().bootstrapServers(), topics);
                ConfigurableApplicationContext service = start(topics)) {
            MessageListenerContainer container = service.getBean(MessageListenerContainer.class);
            await().atMost(PATIENCE).until(container::isRunning);
            like(messages, Chunk.RECORDS * PARTITIONS);
            awaitAllStored(topics);
            for (int replay = 0; replay < 4; replay++) {
                container.stop();
                Map<TopicPartition, OffsetAndMetadata> earlier = new HashMap<>();
                ends(topics)
                        .forEach((partition, end) ->
                                earlier.put(partition, new OffsetAndMetadata(random.nextLong(end + 1))));
                admin.alterConsumerGroupOffsets(group(topics), earlier).all().get();
                like(messages, 200);
                container.start();
                awaitAllStored(topics);
                assertEventsAreExact(service);
            }
        }
    }

    private void like(Messages messages, int likes) {
        for (int i = 0; i < likes; i++) {
            long user = liked.size() + 1L;
            Instant at = hour.plusMillis(random.nextInt(3 * 60_000));
            liked.put(user, at);
            messages.like(POST, user, at);
        }
        messages.await();
    }

    private void assertEventsAreExact(ConfigurableApplicationContext service) {
        EventStore store = service.getBean(EventStore.class);
        List<String> expected = liked.entrySet().stream()
                .map(like -> like.getKey() + " " + like.getValue())
                .sorted()
                .toList();
        List<String> stored = store.events(POST, Kind.LIKES, hour, hour.plusSeconds(3_600)).stream()
                .map(event -> event.userId() + " " + event.at())
                .sorted()
                .toList();
        assertThat(stored).hasSameSizeAs(expected);
        assertThat(stored.equals(expected)).as("the events").isTrue();
        assertThat(store.perMinute(POST, Kind.LIKES, hour, hour.plusSeconds(3_600)))
                .isEqualTo(liked.values().stream()
                        .collect(Collectors.groupingBy(
                                at -> at.truncatedTo(ChronoUnit.MINUTES), TreeMap::new, Collectors.counting())));
    }

    private Topics topics(String name) {
        return new Topics(servers.kafka().topicPrefix() + name, PARTITIONS, (short) 1);
    }

    private static String group(Topics topics) {
        return topics.prefix() + "analytics";
    }

    private long stored(Topics topics) throws ExecutionException, InterruptedException {
        return committed(topics).values().stream().mapToLong(Long::longValue).sum();
    }

    private void awaitAllStored(Topics topics) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(committed(topics)).containsAllEntriesOf(ends(topics)));
    }

    private Map<TopicPartition, Long> committed(Topics topics) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group(topics)).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private Map<TopicPartition, Long> ends(Topics topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            latest.put(new TopicPartition(topics.likes(), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Returns when its topics are there and can be written to. */
    private ConfigurableApplicationContext start(Topics topics) {
        ConfigurableApplicationContext service = new SpringApplicationBuilder(Analytics.class).run(arguments(topics));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> ends(topics).size() == PARTITIONS);
        return service;
    }

    /** A service as a process of its own, to be killed. */
    private Process startProcess(Topics topics) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Analytics.class.getName()));
        command.addAll(List.of(arguments(topics)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Keyspaces are per test as topics are: events are known by their places in the log. */
    private String[] arguments(Topics topics) {
        String test = topics.prefix().substring(servers.kafka().topicPrefix().length());
        return new String[] {
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
            "--spring.kafka.consumer.max-poll-records=1500",
            // How long the partitions of one that was killed stay with it.
            "--spring.kafka.consumer.properties[session.timeout.ms]=6000",
            "--spillway.topics.prefix=" + topics.prefix(),
            "--spring.cassandra.contact-points=" + servers.cassandra().contactPoint(),
            "--spring.cassandra.local-datacenter=" + servers.cassandra().localDatacenter(),
            "--spillway.analytics.keyspace=" + servers.cassandra().keyspace() + test.replace("-", "")
        };
    }
}
