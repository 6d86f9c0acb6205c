package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;
import spillway.stack.process.Pause;
import spillway.stack.server.Installation;

/** Two instances each of post-content-service and post-metrics-service behind one gateway, restarted in turn under load. */
@RealServers({Server.POSTGRES, Server.REDIS, Server.KAFKA})
class ServicesRestartIT {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration DRAINED = Duration.ofSeconds(30);
    private static final List<ServiceProcess> CONTENT = new ArrayList<>();
    private static final List<ServiceProcess> METRICS = new ArrayList<>();
    private static final List<ServiceProcess> OTHERS = new ArrayList<>();

    /** With the logs of all processes, which are what a failure is explained by. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static int gateway;
    private static int management;

    @BeforeAll
    static void start(Servers servers) {
        Installation installation = new Installation(Installation.find().root(), folder.resolve("state"));
        gateway = Wire.freePort();
        management = Wire.freePort();
        int[] content = {Wire.freePort(), Wire.freePort()};
        int[] metrics = {Wire.freePort(), Wire.freePort()};
        List<String> kafka = List.of(
                "--spring.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
                "--spillway.topics.prefix=" + servers.kafka().topicPrefix(),
                "--spillway.security.jwk-set-uri=" + url(gateway) + "/.well-known/jwks.json",
                // Longer than the gateway may take to ask, on a machine that starts processes beside the load.
                "--spillway.departure.notice=6s");
        List<String> redis = List.of(
                "--spring.data.redis.host=" + servers.redis().host(),
                "--spring.data.redis.port=" + servers.redis().port(),
                "--spring.data.redis.password=" + servers.redis().password(),
                "--spillway.redis.prefix=" + servers.redis().prefix());
        Servers.Database catalog = servers.postgres().newDatabase();
        List<String> postgres = List.of(
                "--spillway.content.catalog-url=" + catalog.url(),
                "--spillway.postgres.username=" + catalog.username(),
                "--spillway.postgres.password=" + catalog.password(),
                "--spillway.content.first-shards=2",
                "--spillway.content.shard-urls="
                        + servers.postgres().newDatabase().url() + ","
                        + servers.postgres().newDatabase().url());
        String contentUrls = url(content[0]) + "," + url(content[1]);
        List<String> door = List.of(
                "--management.server.port=" + management,
                "--spillway.gateway.dev-tokens.enabled=true",
                // A machine that starts processes beside the load is slow: that is not what is looked at here.
                "--spillway.gateway.admission.enabled=false",
                "--spillway.gateway.edge.max-wait=5s",
                "--spillway.gateway.content-url=" + contentUrls,
                "--spillway.gateway.metrics-url=" + url(metrics[0]) + "," + url(metrics[1]));
        OTHERS.add(
                new ServiceProcess(installation, "gateway", "gateway", StackPort.GATEWAY, gateway, management, door));
        for (int i = 0; i < 2; i++) {
            CONTENT.add(new ServiceProcess(
                    installation,
                    "content-" + i,
                    "post-content-service",
                    StackPort.CONTENT,
                    content[i],
                    content[i],
                    together(kafka, postgres)));
            METRICS.add(new ServiceProcess(
                    installation,
                    "metrics-" + i,
                    "post-metrics-service",
                    StackPort.METRICS,
                    metrics[i],
                    metrics[i],
                    together(
                            together(kafka, redis),
                            List.of(
                                    "--spillway.content.base-url=" + contentUrls,
                                    // As above: the first answers of a process that has just started are late.
                                    "--spillway.metrics.posts.timeout=5s"))));
        }
        int batcher = Wire.freePort();
        OTHERS.add(new ServiceProcess(
                installation, "batcher", "like-batcher", StackPort.BATCHER, batcher, batcher, together(kafka, redis)));
        all().forEach(ServiceProcess::awaitReady);
    }

    private static List<String> together(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static Stream<ServiceProcess> all() {
        return Stream.of(CONTENT, METRICS, OTHERS).flatMap(List::stream);
    }

    @AfterAll
    static void stop() {
        all().parallel().forEach(ServiceProcess::close);
    }

    @Test
    void instancesRestartedInTurn_failNoWrite_andEveryAcceptedOneCountsOnce() throws InterruptedException {
        await(ServicesRestartIT::allInstancesAreUp);
        // Who is restarted in turn has served for a while, and so have those who stay. What was sent before that is not
        // judged: a like may have been given up, and counted.
        try (OpenLoad unjudged = new OpenLoad(url(gateway), 1)) {
            unjudged.begin();
            Thread.sleep(WARM_UP);
            unjudged.end();
        }
        try (OpenLoad load = new OpenLoad(url(gateway), OpenLoad.USERS + 1)) {
            load.begin();
            for (int i = 0; i < 2; i++) {
                // One of each at a time.
                Thread content = Thread.ofVirtual().start(CONTENT.get(i)::restart);
                METRICS.get(i).restart();
                content.join();
                await(ServicesRestartIT::allInstancesAreUp);
            }
            load.end();

            assertThat(load.failures()).isEmpty();
            assertThat(load.accepted()).isGreaterThan(100);
            await(() -> load.miscounted().isEmpty());
            assertThat(load.miscounted()).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + DRAINED.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - limit < 0) {
            Pause.briefly();
        }
    }

    /** As the gateway sees them. */
    private static boolean allInstancesAreUp() {
        HttpRequest question = HttpRequest.newBuilder(URI.create(url(management) + "/actuator/prometheus"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(question, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .lines()
                            .filter(line -> line.startsWith("spillway_gateway_instance_up{"))
                            .filter(line -> !line.contains("analytics") && line.endsWith(" 1.0"))
                            .count()
                    == CONTENT.size() + METRICS.size();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
