package spillway.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Two gateways behind what a balancer does: it asks both for their readiness all the time, goes to the other one when one is
 * not ready or cannot be connected to, and never sends anything twice.
 */
class RollingRestartIT extends GatewayFixture {

    private static final int WRITERS = 8;

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);

    private final ConfigurableApplicationContext[] gateways = new ConfigurableApplicationContext[2];
    private final int[] ports = new int[2];
    private final AtomicIntegerArray managementPorts = new AtomicIntegerArray(2);
    private final AtomicIntegerArray ready = new AtomicIntegerArray(2);
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicLong written = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    private String userToken = "";
    private Path edgeToken = Path.of("none");

    @BeforeEach
    void takeTokens() throws IOException {
        METRICS.answers(EdgeBatchingFixture::ingest);
        CONTENT.answers(exchange -> FakeService.reply(exchange, 201, Map.of(), "{}"));
        userToken = token(7);
        edgeToken = Files.writeString(
                folder.resolve("token"),
                json(send("POST", "/dev/token", "{\"userId\":\"1\",\"scopes\":[\"ingest\"]}", asJson()))
                        .path("token")
                        .stringValue());
    }

    @AfterEach
    void stop() {
        writing.set(false);
        for (ConfigurableApplicationContext gateway : gateways) {
            gateway.close();
        }
    }

    @Test
    void gatewaysRestartedInTurn_failNoWrite() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < gateways.length; i++) {
            start(i);
            int gateway = i;
            threads.add(Thread.ofVirtual().start(() -> probe(gateway)));
        }
        Awaitility.await().until(() -> ready.get(0) + ready.get(1) == 2);
        for (int i = 0; i < WRITERS; i++) {
            boolean likes = i % 2 == 0;
            threads.add(Thread.ofVirtual().start(() -> write(likes)));
        }
        awaitWrites(200);

        for (int i = 0; i < gateways.length; i++) {
            long leaving = System.nanoTime();
            gateways[i].close();
            // Event loops that never go quiet are waited for for 15 s.
            assertThat(Duration.ofNanos(System.nanoTime() - leaving)).isLessThan(Duration.ofSeconds(12));
            awaitWrites(200);
            start(i);
            int gateway = i;
            Awaitility.await().until(() -> ready.get(gateway) == 1);
            awaitWrites(200);
        }

        writing.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    private void probe(int gateway) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (writing.get()) {
                ready.set(gateway, isReady(client, managementPorts.get(gateway)) ? 1 : 0);
                Thread.sleep(BETWEEN_PROBES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReady(HttpClient client, int managementPort) throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private void write(boolean likes) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            for (int turn = 0; writing.get(); turn++) {
                int gateway = ready.get(turn % 2) == 1 ? turn % 2 : (turn + 1) % 2;
                HttpResponse<String> response;
                try {
                    response = client.send(request(ports[gateway], likes), HttpResponse.BodyHandlers.ofString());
                } catch (ConnectException nothingSent) {
                    response = client.send(request(ports[1 - gateway], likes), HttpResponse.BodyHandlers.ofString());
                }
                if (response.statusCode() / 100 != 2) {
                    failures.add(response.statusCode() + " " + response.body());
                }
                written.incrementAndGet();
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(int port, boolean likes) {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Authorization", "Bearer " + userToken);
        String base = "http://127.0.0.1:" + port;
        return likes
                ? request.uri(URI.create(base + "/v1/posts/7/like"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build()
                : request.uri(URI.create(base + "/v1/posts"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
    }

    private void awaitWrites(int more) {
        long goal = written.get() + more;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> written.get() >= goal);
    }

    /** On the port that it had before, if any. */
    private void start(int gateway) {
        ConfigurableApplicationContext started = gateway(ports[gateway]);
        gateways[gateway] = started;
        ports[gateway] = requireNonNull(((WebServerApplicationContext) started).getWebServer())
                .getPort();
        managementPorts.set(
                gateway, started.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
    }

    private ConfigurableApplicationContext gateway(int port) {
        return new SpringApplicationBuilder(Gateway.class)
                // Event loops of its own, which end with it and not with the other's.
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(ReactorResourceFactory.class, RollingRestartIT::ownLoops))
                .run(
                        "--server.port=" + port,
                        "--management.server.port=0",
                        "--spillway.departure.notice=1s",
                        "--spillway.security.jwk-set-uri=http://127.0.0.1:" + port() + "/.well-known/jwks.json",
                        "--spillway.gateway.edge.token-file=" + edgeToken,
                        "--spillway.gateway.metrics-url=" + METRICS.url(),
                        "--spillway.gateway.content-url=" + CONTENT.url());
    }

    private static ReactorResourceFactory ownLoops() {
        ReactorResourceFactory loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        return loops;
    }
}
