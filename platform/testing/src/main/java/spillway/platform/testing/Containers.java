package spillway.platform.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.cassandra.CassandraContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One container of each official image for this JVM, started at first use and removed when it ends. Postgres syncs, as the
 * local one does: Testcontainers would switch that off.
 */
final class Containers implements ServerSource {

    static final Containers SHARED = new Containers();

    private static final int REDIS_PORT = 6379;

    private final String password = UUID.randomUUID().toString();
    private final Once<PostgreSQLContainer> postgres = new Once<>(() -> {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18")
                .withUsername("spillway")
                .withPassword(password)
                .withDatabaseName("postgres");
        container.setCommand("postgres", "-c", "max_connections=600");
        return container;
    });
    private final Once<GenericContainer<?>> redis = new Once<>(() -> new GenericContainer<>("redis:8")
            .withExposedPorts(REDIS_PORT)
            .withCommand("redis-server", "--requirepass", password, "--maxmemory-policy", "noeviction"));
    private final Once<KafkaContainer> kafka = new Once<>(
            () -> new KafkaContainer("apache/kafka:4.2.1").withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"));
    private final Once<CassandraContainer> cassandra = new Once<>(() -> new CassandraContainer("cassandra:5.0")
            .withEnv("MAX_HEAP_SIZE", "512M")
            .withEnv("HEAP_NEWSIZE", "128M"));

    private Containers() {}

    /** A container made and started once. */
    private static final class Once<C extends GenericContainer<?>> {
        private final Supplier<C> make;
        private @Nullable C container;

        Once(Supplier<C> make) {
            this.make = make;
        }

        synchronized C started() {
            C current = container;
            if (current == null) {
                current = make.get();
                current.start();
                container = current;
            }
            return current;
        }
    }

    @Override
    public void await(Server server) {
        switch (server) {
            case POSTGRES -> postgres.started();
            case REDIS -> redis.started();
            case KAFKA -> kafka.started();
            case CASSANDRA -> cassandra.started();
        }
    }

    @Override
    public Servers.Database newDatabase(String name) {
        PostgreSQLContainer server = postgres.started();
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        String url = "jdbc:postgresql://" + server.getHost() + ":"
                + server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + name;
        return new Servers.Database(url, server.getUsername(), password);
    }

    @Override
    public Endpoint redis() {
        GenericContainer<?> server = redis.started();
        return new Endpoint(server.getHost(), server.getMappedPort(REDIS_PORT), password);
    }

    @Override
    public String kafka() {
        return kafka.started().getBootstrapServers();
    }

    @Override
    public String cassandra() {
        CassandraContainer server = cassandra.started();
        return server.getContactPoint().getHostString() + ":"
                + server.getContactPoint().getPort();
    }
}
