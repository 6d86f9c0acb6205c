package spillway.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.process.Ports;

/** Each server is started, given something to keep, stopped, and started again on the same folder. */
class ServersKeepTheirDataIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PASSWORD = "a-test-password";

    private final Installation installation = Installation.find();

    @TempDir
    Path state;

    @Test
    void postgres_findsItsRows() throws SQLException {
        int port = Ports.free();
        try (PostgresServer server = postgres(port)) {
            execute(server, "CREATE TABLE kept (word text)");
            execute(server, "INSERT INTO kept VALUES ('still here')");
        }
        try (PostgresServer server = postgres(port)) {
            assertThat(ask(server, "SELECT word FROM kept")).isEqualTo("still here");
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
        }
    }

    private PostgresServer postgres(int port) {
        PostgresServer server =
                PostgresServer.start(installation, place("postgres"), port, PASSWORD, List.of("shop"), 20);
        server.awaitReady(LIMIT);
        return server;
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void redis_findsItsKeys() throws IOException {
        int port = Ports.free();
        try (RedisServer server = redis(port)) {
            assertThat(say(server, "SET kept still-here")).isEqualTo("+OK");
            assertThat(say(server, "CONFIG GET maxmemory-policy")).isEqualTo("*2");
        }
        try (RedisServer server = redis(port)) {
            assertThat(say(server, "STRLEN kept")).isEqualTo(":10");
        }
    }

    private RedisServer redis(int port) {
        RedisServer server = RedisServer.start(installation, place("redis"), port, PASSWORD);
        server.awaitReady(LIMIT);
        return server;
    }

    /** The first line of the answer. */
    private static String say(RedisServer server, String command) throws IOException {
        try (Socket socket = Ports.connect(server.port());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream()
                    .write(("AUTH " + PASSWORD + "\r\n" + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("+OK");
            return answers.readLine();
        }
    }

    @Test
    void kafka_findsItsRecords() throws Exception {
        int port = Ports.free();
        int controllerPort = Ports.free();
        try (KafkaServer server = kafka(port, controllerPort);
                Admin admin = Admin.create(kafkaClient(server));
                Producer<String, String> producer =
                        new KafkaProducer<>(kafkaClient(server), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("kept", "still here")).get();
        }
        try (KafkaServer server = kafka(port, controllerPort);
                Admin admin = Admin.create(kafkaClient(server))) {
            TopicPartition partition = new TopicPartition("kept", 0);
            assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset())
                    .isEqualTo(1);
        }
    }

    private KafkaServer kafka(int port, int controllerPort) {
        KafkaServer server = KafkaServer.start(installation, place("kafka"), port, controllerPort);
        server.awaitReady(LIMIT);
        return server;
    }

    private static Map<String, Object> kafkaClient(KafkaServer server) {
        return Map.of("bootstrap.servers", "127.0.0.1:" + server.port());
    }

    @Test
    void cassandra_findsItsRows() {
        int port = Ports.free();
        int storagePort = Ports.free();
        try (CassandraServer server = cassandra(port, storagePort);
                CqlSession session = session(server)) {
            session.execute(
                    "CREATE KEYSPACE shop WITH replication = {'class':'SimpleStrategy','replication_factor':1}");
            session.execute("CREATE TABLE shop.kept (id int PRIMARY KEY, word text)");
            session.execute("INSERT INTO shop.kept (id, word) VALUES (1, 'still here')");
        }
        try (CassandraServer server = cassandra(port, storagePort);
                CqlSession session = session(server)) {
            Row row = session.execute("SELECT word FROM shop.kept WHERE id = 1").one();
            assertThat(row)
                    .isNotNull()
                    .extracting(kept -> kept.getString("word"))
                    .isEqualTo("still here");
        }
    }

    private CassandraServer cassandra(int port, int storagePort) {
        CassandraServer server = CassandraServer.start(installation, place("cassandra"), port, storagePort);
        server.awaitReady(LIMIT);
        return server;
    }

    private static CqlSession session(CassandraServer server) {
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                        .build())
                .build();
    }

    private Place place(String name) {
        return Place.under(state, name, note -> {});
    }
}
