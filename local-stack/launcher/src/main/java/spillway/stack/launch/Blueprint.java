package spillway.stack.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import spillway.stack.launch.Component.Started;
import spillway.stack.process.StackFailure;
import spillway.stack.server.BackingServer;
import spillway.stack.server.CassandraServer;
import spillway.stack.server.Installation;
import spillway.stack.server.KafkaServer;
import spillway.stack.server.Place;
import spillway.stack.server.PostgresServer;
import spillway.stack.server.RedisServer;

/** The stack written down: which servers and services there are, what each is told, and who waits for whom. */
final class Blueprint {

    /** A new shard map uses half of them, so that there is somewhere to reshard to. */
    private static final int SHARDS = 16;

    private static final int FIRST_SHARDS = 8;
    private static final int POSTGRES_CONNECTIONS = 250;

    private final Installation installation;
    private final Folders folders;
    private final Map<StackPort, Integer> ports;
    private final Secrets secrets;
    private final Consumer<String> notes;

    Blueprint(Installation installation, Map<StackPort, Integer> ports, Secrets secrets, Consumer<String> notes) {
        this.installation = installation;
        this.folders = Folders.of(installation);
        this.ports = ports;
        this.secrets = secrets;
        this.notes = notes;
    }

    /** In an order in which each comes after those it needs. */
    List<Component> components(Extent extent) {
        return switch (extent) {
            case SERVERS -> servers(extent).toList();
            case EVERYTHING, LAB -> withServices(servers(extent), extent);
            case CHAOS, OVERLOAD ->
                withServices(servers(extent).filter(server -> server.port() != StackPort.CASSANDRA), extent);
            case RESHARD ->
                withServices(
                        servers(extent)
                                .filter(server ->
                                        server.port() != StackPort.CASSANDRA && server.port() != StackPort.REDIS),
                        extent);
        };
    }

    private List<Component> withServices(Stream<Component> servers, Extent extent) {
        List<Service> services = services(extent);
        services.forEach(service -> ServiceLaunch.requireJar(service, installation));
        return Stream.concat(servers, services.stream().map(service -> component(service, extent)))
                .toList();
    }

    private Stream<Component> servers(Extent extent) {
        return Stream.of(
                server(
                        "postgres-a",
                        StackPort.POSTGRES_A,
                        extent,
                        place -> PostgresServer.start(
                                installation,
                                place,
                                port(StackPort.POSTGRES_A),
                                secrets.postgresPassword(),
                                Stream.concat(Stream.of("catalog", "monolith", "lab"), shards(StackPort.POSTGRES_A))
                                        .toList(),
                                POSTGRES_CONNECTIONS)),
                server(
                        "postgres-b",
                        StackPort.POSTGRES_B,
                        extent,
                        place -> PostgresServer.start(
                                installation,
                                place,
                                port(StackPort.POSTGRES_B),
                                secrets.postgresPassword(),
                                shards(StackPort.POSTGRES_B).toList(),
                                POSTGRES_CONNECTIONS)),
                server(
                        "redis",
                        StackPort.REDIS,
                        extent,
                        place ->
                                RedisServer.start(installation, place, port(StackPort.REDIS), secrets.redisPassword())),
                server(
                        "kafka",
                        StackPort.KAFKA,
                        extent,
                        place -> KafkaServer.start(
                                installation, place, port(StackPort.KAFKA), port(StackPort.KAFKA_CONTROLLER))),
                server(
                        "cassandra",
                        StackPort.CASSANDRA,
                        extent,
                        place -> CassandraServer.start(
                                installation, place, port(StackPort.CASSANDRA), port(StackPort.CASSANDRA_STORAGE))));
    }

    @FunctionalInterface
    private interface ServerStart {
        BackingServer at(Place place);
    }

    private Component server(String name, StackPort port, Extent extent, ServerStart start) {
        Path data = folders.data(extent).resolve(name);
        return new Component(name, port, Set.of(), () -> {
            BackingServer server = start.at(new Place(name, data, folders.log(name), notes));
            return new Started(server.process(), server::awaitReady);
        });
    }

    private static Stream<String> shards(StackPort server) {
        return IntStream.range(0, SHARDS)
                .filter(shard -> server(shard) == server)
                .mapToObj(Blueprint::database);
    }

    /** Four by four, so that the shards a map begins with and those it grows to are on both. */
    static StackPort server(int shard) {
        return shard / 4 % 2 == 0 ? StackPort.POSTGRES_A : StackPort.POSTGRES_B;
    }

    private static String database(int shard) {
        return "shard_" + shard;
    }

    /** The services; one whose jar was not built is a failure, not a smaller stack. */
    List<Service> services(Extent extent) {
        return switch (extent) {
            case SERVERS, EVERYTHING -> services();
            case LAB ->
                Stream.concat(services().stream(), Stream.of(monolith())).toList();
            case CHAOS ->
                List.of(
                        content(),
                        metrics(StackPort.REDIS_WIRE),
                        batcher("batcher", StackPort.BATCHER, StackPort.REDIS_WIRE),
                        batcher("batcher-twin", StackPort.BATCHER_TWIN, StackPort.REDIS_WIRE),
                        gateway(Set.of("content", "metrics")));
            case OVERLOAD ->
                List.of(
                        content(),
                        metrics(StackPort.REDIS),
                        batcher("batcher", StackPort.BATCHER, StackPort.REDIS),
                        gateway(Set.of("content", "metrics")));
            case RESHARD -> List.of(contentWithoutWorker(), reshardWorker(), gateway(Set.of("content")));
        };
    }

    private List<Service> services() {
        return List.of(
                content(),
                metrics(StackPort.REDIS),
                batcher("batcher", StackPort.BATCHER, StackPort.REDIS),
                analytics(),
                gateway(Set.of("content", "metrics", "analytics")));
    }

    private Service content() {
        return content("content", StackPort.CONTENT, Set.of("postgres-a", "postgres-b", "kafka"), Stream.of());
    }

    private Service contentWithoutWorker() {
        return content(
                "content",
                StackPort.CONTENT,
                Set.of("postgres-a", "postgres-b", "kafka"),
                Stream.of("--spillway.content.reshard.worker=false"));
    }

    /** Moves slots and serves nobody. */
    private Service reshardWorker() {
        return content(
                "reshard-worker",
                null,
                Set.of("content"),
                Stream.of(
                        "--spillway.content.reshard.worker=true",
                        "--spillway.content.serve=false",
                        // Its health, on whatever port is free: nobody asks.
                        "--server.port=0"));
    }

    private Service content(String name, @Nullable StackPort port, Set<String> needs, Stream<String> more) {
        return new Service(
                name,
                "post-content-service",
                port,
                needs,
                Stream.of(Stream.of(keys(), kafka()), databases(), more)
                        .flatMap(each -> each)
                        .toList());
    }

    private Service metrics(StackPort redis) {
        return new Service(
                "metrics",
                "post-metrics-service",
                StackPort.METRICS,
                Set.of("redis", "kafka"),
                List.of(keys(), kafka(), redis(redis), "--spillway.content.base-url=" + http(StackPort.CONTENT)));
    }

    private Service batcher(String name, StackPort port, StackPort redis) {
        return new Service(name, "like-batcher", port, Set.of("redis", "kafka"), List.of(kafka(), redis(redis)));
    }

    private Service analytics() {
        return new Service(
                "analytics",
                "post-analytics-service",
                StackPort.ANALYTICS,
                Set.of("cassandra", "kafka"),
                List.of(keys(), kafka(), "--spring.cassandra.contact-points=127.0.0.1:" + port(StackPort.CASSANDRA)));
    }

    private Service gateway(Set<String> needs) {
        return new Service(
                "gateway",
                "gateway",
                StackPort.GATEWAY,
                needs,
                List.of(
                        "--management.server.port=" + port(StackPort.GATEWAY_MANAGEMENT),
                        "--spillway.gateway.content-url=" + http(StackPort.CONTENT),
                        "--spillway.gateway.metrics-url=" + http(StackPort.METRICS),
                        "--spillway.gateway.analytics-url=" + http(StackPort.ANALYTICS),
                        "--spillway.gateway.dev-tokens.enabled=true",
                        "--spillway.gateway.yardstick=true"));
    }

    private String kafka() {
        return "--spring.kafka.bootstrap-servers=127.0.0.1:" + port(StackPort.KAFKA);
    }

    private String keys() {
        return "--spillway.security.jwk-set-uri=" + http(StackPort.GATEWAY) + "/.well-known/jwks.json";
    }

    private String redis(StackPort port) {
        return "--spring.data.redis.port=" + port(port);
    }

    private Service monolith() {
        return new Service(
                "monolith",
                "monolith-baseline",
                StackPort.MONOLITH,
                Set.of("postgres-a"),
                List.of(
                        "--spillway.monolith.url=" + jdbc(StackPort.POSTGRES_A, "monolith"),
                        "--spillway.monolith.dev-tokens.enabled=true"));
    }

    private Stream<String> databases() {
        Stream<String> urls = IntStream.range(0, SHARDS)
                .mapToObj(shard ->
                        "--spillway.content.shard-urls[" + shard + "]=" + jdbc(server(shard), database(shard)));
        return Stream.concat(
                Stream.of(
                        "--spillway.content.catalog-url=" + jdbc(StackPort.POSTGRES_A, "catalog"),
                        "--spillway.content.first-shards=" + FIRST_SHARDS),
                urls);
    }

    private Component component(Service service, Extent extent) {
        StackPort port = service.port();
        return new Component(service.name(), port, service.needs(), () -> {
            ServiceLaunch launch = new ServiceLaunch(installation, secrets.folder(), extent, notes);
            return port == null
                    ? launch.start(service)
                    : launch.start(
                            service, port(port), port(port == StackPort.GATEWAY ? StackPort.GATEWAY_MANAGEMENT : port));
        });
    }

    private String http(StackPort port) {
        return "http://127.0.0.1:" + port(port);
    }

    private String jdbc(StackPort port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port(port) + "/" + database;
    }

    private int port(StackPort port) {
        Integer number = ports.get(port);
        if (number == null) {
            throw new StackFailure("no port for " + port.label());
        }
        return number;
    }
}
