package spillway.analytics;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.MessageListenerContainer;
import spillway.analytics.store.EventStore;
import spillway.platform.events.Topics;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * What an event costs in processor time of this service, Cassandra and Kafka: first a backlog, then a steady stream, less what
 * the stream alone costs Kafka. Not part of the build:
 * {@code mvn -pl post-analytics-service -am verify -Dit.test=EventsBenchmark -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@RealServers({Server.CASSANDRA, Server.KAFKA})
class EventsBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(EventsBenchmark.class);
    private static final int BACKLOG = Integer.getInteger("spillway.benchmark.events", 400_000);
    private static final int PER_SECOND = Integer.getInteger("spillway.benchmark.rate", 5_000);
    private static final Duration STREAM = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"warm-up, 1000", "viral, 1", "zipf, 20000"})
    void events_areStored(String name, int posts, Servers servers) throws Exception {
        try (ConfigurableApplicationContext application = start(servers, name);
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            Topics topics = application.getBean(Topics.class);
            MessageListenerContainer container = application.getBean(MessageListenerContainer.class);
            Map<String, ProcessorTime> processes = processes(servers);
            await().atMost(PATIENCE)
                    .until(() -> application.getBean(EventStore.class).isOpen());
            await().atMost(PATIENCE).until(container::isRunning);
            // Listing waits for leaders: before there are any, a producer may get its batches in out of order.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !ends(admin, topics).isEmpty());
            container.stop();
            try (Messages messages = new Messages(servers.kafka().bootstrapServers(), topics)) {
                new Burst(posts).send(messages, BACKLOG);
                messages.await();
            }
            Map<String, Duration> before = used(processes);
            long start = System.nanoTime();
            container.start();
            awaitStored(admin, topics);
            double seconds = (System.nanoTime() - start) / 1e9;
            report(
                    name + " backlog",
                    String.format("%,.0f/s", BACKLOG / seconds),
                    before,
                    used(processes),
                    Map.of(),
                    BACKLOG);

            container.stop();
            Map<String, Duration> idle = used(processes);
            stream(servers, topics, posts);
            Map<String, Duration> alone = minus(used(processes), idle);
            container.start();
            awaitStored(admin, topics);
            before = used(processes);
            stream(servers, topics, posts);
            awaitStored(admin, topics);
            int streamed = (int) (PER_SECOND * STREAM.toSeconds());
            report(name + " stream", PER_SECOND + "/s", before, used(processes), alone, streamed);
        }
    }

    private static Map<String, ProcessorTime> processes(Servers servers) {
        Map<String, ProcessorTime> processes = new LinkedHashMap<>();
        processes.put("analytics", ProcessorTime.ofThisProcess());
        processes.put(
                "cassandra", ProcessorTime.ofServer(port(servers.cassandra().contactPoint())));
        processes.put("kafka", ProcessorTime.ofServer(port(servers.kafka().bootstrapServers())));
        return processes;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static Map<String, Duration> used(Map<String, ProcessorTime> processes) {
        Map<String, Duration> used = new LinkedHashMap<>();
        processes.forEach((name, process) -> used.put(name, process.used()));
        return used;
    }

    private static Map<String, Duration> minus(Map<String, Duration> after, Map<String, Duration> before) {
        Map<String, Duration> spent = new LinkedHashMap<>();
        after.forEach((name, used) -> spent.put(name, used.minus(before.getOrDefault(name, Duration.ZERO))));
        return spent;
    }

    private static void report(
            String what,
            String rate,
            Map<String, Duration> before,
            Map<String, Duration> after,
            Map<String, Duration> alone,
            int events) {
        Map<String, Duration> spent = minus(minus(after, before), alone);
        double sum = spent.values().stream().mapToLong(Duration::toNanos).sum() / 1e3 / events;
        LOG.warn(
                "{}: {}, {} µs per event: {}",
                what,
                rate,
                String.format("%.1f", sum),
                spent.entrySet().stream()
                        .map(each -> String.format(
                                "%s %.1f", each.getKey(), each.getValue().toNanos() / 1e3 / events))
                        .collect(Collectors.joining(", ")));
    }

    private static void stream(Servers servers, Topics topics, int posts) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        Burst.command(servers.kafka().bootstrapServers(), topics, posts, PER_SECOND, STREAM))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the stream ended with " + exit);
        }
    }

    private static void awaitStored(Admin admin, Topics topics) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            var committed = admin.listConsumerGroupOffsets(topics.prefix() + "analytics")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends(admin, topics).entrySet().stream()
                    .allMatch(end -> committed.containsKey(end.getKey())
                            && committed.get(end.getKey()).offset()
                                    == end.getValue().offset());
        });
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin, Topics topics) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < topics.partitions(); partition++) {
            ends.put(new TopicPartition(topics.likes(), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().get();
    }

    private static ConfigurableApplicationContext start(Servers servers, String name) {
        return new SpringApplicationBuilder(Analytics.class)
                .run(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
                        "--spillway.topics.prefix=" + servers.kafka().topicPrefix() + name + "-",
                        "--spring.cassandra.contact-points="
                                + servers.cassandra().contactPoint(),
                        "--spring.cassandra.local-datacenter="
                                + servers.cassandra().localDatacenter(),
                        "--spillway.analytics.keyspace=" + servers.cassandra().keyspace());
    }
}
