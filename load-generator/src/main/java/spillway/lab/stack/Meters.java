package spillway.lab.stack;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Reads the meters of a stack: processor time from the system, writes from the stores themselves. Not thread-safe. */
public final class Meters implements AutoCloseable {

    private static final Pattern COMMAND = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");
    private static final Set<String> COUNTS = Set.of("incr", "incrby", "hincrby", "decr", "decrby");
    private static final Set<String> WRITES = Set.of(
            "incr", "incrby", "hincrby", "decr", "decrby", "sadd", "srem", "set", "setex", "psetex", "hset", "pfadd",
            "del", "unlink", "expire", "pexpire");

    private final Stack stack;
    private final List<Connection> databases;
    private final RedisClient redisClient;
    private final StatefulRedisConnection<String, String> redis;
    private final Admin kafka;
    private final CqlSession cassandra;

    /** @throws SQLException when Postgres lets nobody in; the other clients throw their own when their server is away */
    public Meters(Stack stack) throws SQLException {
        this.stack = stack;
        this.databases =
                List.of(stack.connect(Part.POSTGRES_A, "postgres"), stack.connect(Part.POSTGRES_B, "postgres"));
        this.redisClient = RedisClient.create(RedisURI.builder()
                .withHost(stack.host())
                .withPort(stack.port(Part.REDIS))
                .withPassword(stack.redisPassword().toCharArray())
                .build());
        this.redis = redisClient.connect();
        this.kafka = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.host() + ":" + stack.port(Part.KAFKA)));
        this.cassandra = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(stack.host(), stack.port(Part.CASSANDRA)))
                .withLocalDatacenter("datacenter1")
                .build();
    }

    public Reading read() throws SQLException {
        Map<Part, Duration> cpu = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            cpu.put(part, stack.cpu(part));
        }
        Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        Map<Store, Long> writes = new EnumMap<>(Store.class);
        for (Connection database : databases) {
            readPostgres(database, writes);
        }
        readRedis(writes);
        writes.put(Store.KAFKA_RECORDS, records());
        writes.put(Store.CASSANDRA_ROWS, rows());
        return new Reading(cpu, own, writes);
    }

    private static void readPostgres(Connection database, Map<Store, Long> writes) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet sums = statement.executeQuery("""
                        select sum(tup_inserted + tup_updated + tup_deleted), sum(xact_commit)
                        from pg_stat_database where datname is not null""")) {
            sums.next();
            writes.merge(Store.POSTGRES_ROWS, sums.getLong(1), Long::sum);
            writes.merge(Store.POSTGRES_COMMITS, sums.getLong(2), Long::sum);
        }
    }

    private void readRedis(Map<Store, Long> writes) {
        writes.put(Store.REDIS_COUNTS, 0L);
        writes.put(Store.REDIS_WRITES, 0L);
        Matcher command = COMMAND.matcher(redis.sync().info("commandstats"));
        while (command.find()) {
            long calls = Long.parseLong(command.group(2));
            if (COUNTS.contains(command.group(1))) {
                writes.merge(Store.REDIS_COUNTS, calls, Long::sum);
            }
            if (WRITES.contains(command.group(1))) {
                writes.merge(Store.REDIS_WRITES, calls, Long::sum);
            }
        }
    }

    private long records() {
        try {
            Set<String> topics = kafka.listTopics().names().get();
            Map<TopicPartition, OffsetSpec> ends = kafka.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return kafka.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not say how long its topics are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Of a table's first write on Cassandra keeps a timer, whose count is exact. */
    private long rows() {
        long sum = 0;
        for (Row row : cassandra.execute("select keyspace_name, count from system_views.local_write_latency")) {
            String keyspace = row.getString("keyspace_name");
            if (keyspace != null && !keyspace.startsWith("system")) {
                sum += row.getLong("count");
            }
        }
        return sum;
    }

    @Override
    public void close() {
        for (Connection database : databases) {
            try {
                database.close();
            } catch (SQLException e) {
                // It was only read from.
            }
        }
        redis.close();
        redisClient.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        kafka.close();
        cassandra.close();
    }
}
