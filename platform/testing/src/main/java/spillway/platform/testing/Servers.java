package spillway.platform.testing;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One suite's view of the real servers. Thread-safe. */
public final class Servers {

    private static final int SHARDS = 8;
    private static final ConcurrentMap<Class<?>, Servers> SUITES = new ConcurrentHashMap<>();

    private final ServerSource source;
    private final Set<Server> asked;
    private final String suite;
    private final AtomicInteger databases = new AtomicInteger();

    Servers(ServerSource source, Set<Server> asked) {
        this.source = source;
        this.asked = EnumSet.copyOf(asked);
        this.suite = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /**
     * The servers of the suite that a test class belongs to: the class itself or one around it, whichever carries the
     * annotation. Always the same object, whoever asks first.
     */
    static Optional<Servers> of(Class<?> testClass) {
        for (Class<?> suite = testClass; suite != null; suite = suite.getEnclosingClass()) {
            RealServers annotation = suite.getAnnotation(RealServers.class);
            if (annotation != null) {
                Set<Server> asked = EnumSet.copyOf(Arrays.asList(annotation.value()));
                return Optional.of(SUITES.computeIfAbsent(suite, key -> new Servers(ServerSource.chosen(), asked)));
            }
        }
        return Optional.empty();
    }

    /** Returns once all that was asked for serve. */
    void await() {
        asked.forEach(source::await);
    }

    /** A database and who owns it. */
    public record Database(String url, String username, String password) {}

    /** The Postgres server, as a maker of databases. */
    @FunctionalInterface
    public interface Postgres {
        /** An empty database that nobody else uses. */
        Database newDatabase();
    }

    /** @param prefix starts each of the suite's keys */
    public record Redis(String host, int port, String password, String prefix) {}

    /** @param topicPrefix starts each of the suite's topics; also use it for consumer groups */
    public record Kafka(String bootstrapServers, String topicPrefix) {}

    /**
     * @param contactPoint host and port
     * @param keyspace for the suite to create
     */
    public record Cassandra(String contactPoint, String localDatacenter, String keyspace) {}

    public Postgres postgres() {
        require(Server.POSTGRES);
        return () -> source.newDatabase(suite + "_" + databases.incrementAndGet());
    }

    public Redis redis() {
        require(Server.REDIS);
        ServerSource.Endpoint endpoint = source.redis();
        return new Redis(endpoint.host(), endpoint.port(), endpoint.password(), suite + ":");
    }

    public Kafka kafka() {
        require(Server.KAFKA);
        return new Kafka(source.kafka(), suite + "-");
    }

    public Cassandra cassandra() {
        require(Server.CASSANDRA);
        return new Cassandra(source.cassandra(), "datacenter1", suite);
    }

    private void require(Server server) {
        if (!asked.contains(server)) {
            throw new IllegalStateException("add Server." + server + " to @RealServers");
        }
    }

    /** The properties by which the services find these servers. */
    Map<String, Object> springProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        asked.forEach(server -> properties.putAll(
                switch (server) {
                    case POSTGRES -> postgresProperties();
                    case REDIS -> redisProperties();
                    case KAFKA -> kafkaProperties();
                    case CASSANDRA -> cassandraProperties();
                }));
        return properties;
    }

    private Map<String, Object> postgresProperties() {
        Database catalog = postgres().newDatabase();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spillway.content.catalog-url", catalog.url());
        properties.put("spillway.postgres.username", catalog.username());
        properties.put("spillway.postgres.password", catalog.password());
        for (int shard = 0; shard < SHARDS; shard++) {
            properties.put(
                    "spillway.content.shard-urls[" + shard + "]",
                    postgres().newDatabase().url());
        }
        return properties;
    }

    private Map<String, Object> redisProperties() {
        Redis redis = redis();
        return Map.of(
                "spring.data.redis.host", redis.host(),
                "spring.data.redis.port", redis.port(),
                "spring.data.redis.password", redis.password(),
                "spillway.redis.prefix", redis.prefix());
    }

    private Map<String, Object> kafkaProperties() {
        Kafka kafka = kafka();
        return Map.of(
                "spring.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "spillway.topics.prefix", kafka.topicPrefix());
    }

    private Map<String, Object> cassandraProperties() {
        Cassandra cassandra = cassandra();
        return Map.of(
                "spring.cassandra.contact-points", cassandra.contactPoint(),
                "spring.cassandra.local-datacenter", cassandra.localDatacenter(),
                "spillway.analytics.keyspace", cassandra.keyspace());
    }
}
