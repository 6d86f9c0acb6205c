package spillway.lab.limits.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.lab.stack.NoStack;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Each probe against real servers. */
@RealServers({Server.POSTGRES, Server.REDIS, Server.KAFKA, Server.CASSANDRA})
class ProbesIT {

    private static final Duration SLICE = Duration.ofMillis(120);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private static RealBench real;
    private static Bench bench;

    private static Connection postgres;
    private static RedisClient redisClient;
    private static StatefulRedisConnection<String, String> redisKeys;
    private static Admin kafka;
    private static CqlSession cassandra;

    @BeforeAll
    static void openTheBench(Servers servers) throws IOException, NoStack, SQLException {
        real = new RealBench(servers, folder);
        bench = real.bench();
        postgres = bench.postgres();
        redisClient = bench.redis();
        redisKeys = redisClient.connect();
        kafka = Admin.create(KafkaTopic.connection(bench));
        cassandra = CassandraAppend.session(bench);
    }

    @AfterAll
    static void close() throws SQLException {
        cassandra.close();
        kafka.close();
        redisClient.close();
        postgres.close();
        real.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachProbe_measuresARate_andLeavesNothingBehind(Quantity quantity) throws Exception {
        Meter meter = new Meter(Window.of(SLICE), bench.stack()::cpu);
        Probe probe = Probes.of(quantity, bench);

        Reading reading = probe.run(meter);

        assertThat(reading.rate()).isPositive();
        assertThat(reading.cpuMicros()).containsOnlyKeys(probe.servers());
        assertThat(reading.clientCpuMicros()).isNotNegative();
        assertNothingIsLeft();
    }

    @Test
    void theTopicOfAKilledProbe_isRemovedByTheNext() throws Exception {
        KafkaTopic.create(bench); // and never closed

        KafkaTopic.create(bench).close();

        assertNothingIsLeft();
    }

    @Test
    void aProbeWithoutItsServer_failsAndSaysWhy() {
        Bench elsewhere = new Bench(bench.stack(), bench.folder(), "no_such_database", "lab", bench.random());

        assertThatThrownBy(() -> Probes.of(Quantity.POSTGRES_INSERT_8, elsewhere)
                        .run(new Meter(Window.of(SLICE), part -> Duration.ZERO)))
                .satisfies(failure -> assertThat(ProbeFailure.reason(failure)).contains("no_such_database"));
    }

    @Test
    void theServers_sayTheirVersions() {
        Map<String, String> versions = ServerVersions.ask(bench);

        assertThat(versions).containsOnlyKeys("postgres-a", "redis", "kafka", "cassandra");
        assertThat(versions.values())
                .allSatisfy(version -> assertThat(version).containsPattern("\\d"))
                .noneSatisfy(version -> assertThat(version).contains("unknown"));
    }

    /** Of what is deleted, Kafka's listing may still tell for a moment. */
    private static void assertNothingIsLeft() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!leftovers().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(leftovers()).isEmpty();
    }

    private static List<String> leftovers() throws Exception {
        List<String> found = new ArrayList<>();
        try (ResultSet tables = postgres.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                found.add("table " + tables.getString("TABLE_NAME"));
            }
        }
        redisKeys.sync().keys(bench.key("*")).forEach(key -> found.add("key " + key));
        kafka.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(bench.topicPrefix()))
                .forEach(topic -> found.add("topic " + topic));
        cassandra
                .execute("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", bench.keyspace())
                .forEach(row -> found.add("keyspace " + bench.keyspace()));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith("limits"))
                    .forEach(file -> found.add("file " + file));
        }
        return found;
    }
}
