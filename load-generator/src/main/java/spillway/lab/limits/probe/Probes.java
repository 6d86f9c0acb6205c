package spillway.lab.limits.probe;

import java.util.Arrays;
import java.util.List;

/** The probe of each quantity. */
public final class Probes {

    private static final int ROWS = 10_000;

    private Probes() {}

    public static List<Probe> all(Bench bench) {
        return Arrays.stream(Quantity.values())
                .map(quantity -> of(quantity, bench))
                .toList();
    }

    public static Probe of(Quantity quantity, Bench bench) {
        return switch (quantity) {
            case DISK_SYNC -> new DiskSync(bench);
            case POSTGRES_HOT_ROW_1 -> PostgresWrites.updates(bench, quantity, 1, 1);
            case POSTGRES_HOT_ROW_8 -> PostgresWrites.updates(bench, quantity, 1, 8);
            case POSTGRES_HOT_ROW_32 -> PostgresWrites.updates(bench, quantity, 1, 32);
            case POSTGRES_SPREAD_1 -> PostgresWrites.updates(bench, quantity, ROWS, 1);
            case POSTGRES_SPREAD_8 -> PostgresWrites.updates(bench, quantity, ROWS, 8);
            case POSTGRES_SPREAD_32 -> PostgresWrites.updates(bench, quantity, ROWS, 32);
            case POSTGRES_INSERT_1 -> PostgresWrites.inserts(bench, quantity, 1, 1);
            case POSTGRES_INSERT_8 -> PostgresWrites.inserts(bench, quantity, 1, 8);
            case POSTGRES_INSERT_32 -> PostgresWrites.inserts(bench, quantity, 1, 32);
            case POSTGRES_BATCH_100 -> PostgresWrites.inserts(bench, quantity, 100, 1);
            case POSTGRES_BATCH_500 -> PostgresWrites.inserts(bench, quantity, 500, 1);
            case REDIS_ROUND_TRIP_1 -> RedisCommands.roundTrips(bench, quantity, 1);
            case REDIS_ROUND_TRIP_32 -> RedisCommands.roundTrips(bench, quantity, 32);
            case REDIS_HINCRBY_ONE_KEY -> RedisCommands.increments(bench, quantity, true);
            case REDIS_HINCRBY_MANY_KEYS -> RedisCommands.increments(bench, quantity, false);
            case REDIS_SADD -> RedisCommands.additions(bench, quantity);
            case KAFKA_PRODUCE -> KafkaProduce.stream(bench, quantity);
            case KAFKA_PRODUCE_AWAITED -> KafkaProduce.awaited(bench, quantity, 64);
            case KAFKA_CONSUME -> new KafkaConsume(bench);
            case CASSANDRA_APPEND -> CassandraAppend.single(bench, quantity, 128);
            case CASSANDRA_BATCH_50 -> CassandraAppend.batches(bench, quantity, 50, 16);
            case HTTP_EMPTY -> HttpReads.empty(bench);
            case HTTP_DIRECT -> HttpReads.direct(bench);
            case HTTP_GATEWAY -> HttpReads.throughTheGateway(bench);
        };
    }
}
