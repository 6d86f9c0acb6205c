package spillway.analytics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.listener.MessageListenerContainer;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;
import spillway.platform.events.Topics;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.CASSANDRA, Server.KAFKA})
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIKES = 500;

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);

    @Test
    void cassandraAwayAtTheStartAndAgainLater_delaysEventsAndLosesNone(Servers servers) throws IOException {
        String[] cassandra = servers.cassandra().contactPoint().split(":", -1);
        InetSocketAddress behind = new InetSocketAddress(cassandra[0], Integer.parseInt(cassandra[1]));
        try (TcpGate gate = new TcpGate(behind, false);
                ConfigurableApplicationContext application = start(servers, gate);
                Messages messages =
                        new Messages(servers.kafka().bootstrapServers(), application.getBean(Topics.class))) {
            EventStore store = application.getBean(EventStore.class);
            assertThat(readiness(application)).isEqualTo(Status.OUT_OF_SERVICE);

            gate.open();
            await().atMost(PATIENCE).until(() -> readiness(application).equals(Status.UP));
            MessageListenerContainer container = application.getBean(MessageListenerContainer.class);
            await().atMost(PATIENCE).until(container::isRunning);
            for (int user = 1; user <= LIKES; user++) {
                messages.like(1, user, hour);
            }
            messages.await();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(likes(store)).isEqualTo(LIKES));

            gate.shut();
            for (int user = LIKES + 1; user <= 2 * LIKES; user++) {
                messages.like(1, user, hour);
            }
            messages.await();
            gate.open();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(likes(store)).isEqualTo(2 * LIKES));
        }
    }

    private static ConfigurableApplicationContext start(Servers servers, TcpGate gate) {
        return new SpringApplicationBuilder(Analytics.class)
                .run(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
                        "--spillway.topics.prefix=" + servers.kafka().topicPrefix(),
                        "--spring.cassandra.contact-points=" + gate.address(),
                        "--spring.cassandra.local-datacenter="
                                + servers.cassandra().localDatacenter(),
                        "--spillway.analytics.keyspace=" + servers.cassandra().keyspace());
    }

    private static Status readiness(ConfigurableApplicationContext application) {
        return requireNonNull(application.getBean(HealthEndpoint.class).healthForPath("readiness"))
                .getStatus();
    }

    private long likes(EventStore store) {
        return store.perMinute(1, Kind.LIKES, hour, hour.plusSeconds(60)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
