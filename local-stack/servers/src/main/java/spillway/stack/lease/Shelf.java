package spillway.stack.lease;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import spillway.stack.process.Ports;
import spillway.stack.server.BackingServer;
import spillway.stack.server.CassandraServer;
import spillway.stack.server.Installation;
import spillway.stack.server.KafkaServer;
import spillway.stack.server.Place;
import spillway.stack.server.PostgresServer;
import spillway.stack.server.RedisServer;

/** The holder's servers, each started when first asked for and again when it died. Thread-safe. */
final class Shelf implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int MAX_CONNECTIONS = 600;

    private final Installation installation;
    private final Path folder;
    private final String password;
    private final ConcurrentMap<String, BackingServer> running = new ConcurrentHashMap<>();

    Shelf(Installation installation, Path folder, String password) {
        this.installation = installation;
        this.folder = folder;
        this.password = password;
    }

    int port(String server) {
        return switch (server) {
            case "postgres" -> postgres().port();
            case "redis" ->
                started(server, place -> RedisServer.start(installation, place, Ports.free(), password))
                        .port();
            case "kafka" ->
                started(server, place -> KafkaServer.start(installation, place, Ports.free(), Ports.free()))
                        .port();
            case "cassandra" ->
                started(server, place -> CassandraServer.start(installation, place, Ports.free(), Ports.free()))
                        .port();
            default -> throw new IllegalArgumentException("no server called " + server);
        };
    }

    void createDatabase(String name) throws SQLException {
        postgres().createDatabase(name);
    }

    void dropDatabase(String name) throws SQLException {
        postgres().dropDatabase(name);
    }

    private PostgresServer postgres() {
        return (PostgresServer) started(
                "postgres",
                place -> PostgresServer.start(installation, place, Ports.free(), password, List.of(), MAX_CONNECTIONS));
    }

    private BackingServer started(String name, Function<Place, BackingServer> start) {
        Supplier<BackingServer> ready = () -> {
            BackingServer server = start.apply(Place.under(folder, name, System.out::println));
            try {
                server.awaitReady(START_LIMIT);
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        };
        return running.compute(
                name, (key, server) -> server != null && server.process().isAlive() ? server : ready.get());
    }

    @Override
    public void close() {
        running.values().parallelStream().forEach(BackingServer::close);
    }
}
