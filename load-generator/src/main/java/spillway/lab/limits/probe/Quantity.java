package spillway.lab.limits.probe;

/** What is measured about a host, by server; rates are of operations, rows or records per second. */
public enum Quantity {
    DISK_SYNC("disk", "write and sync 4 KiB"),
    POSTGRES_HOT_ROW_1("postgres", "hot row, 1 connection"),
    POSTGRES_HOT_ROW_8("postgres", "hot row, 8"),
    POSTGRES_HOT_ROW_32("postgres", "hot row, 32"),
    POSTGRES_SPREAD_1("postgres", "10,000 rows, 1 conn."),
    POSTGRES_SPREAD_8("postgres", "10,000 rows, 8"),
    POSTGRES_SPREAD_32("postgres", "10,000 rows, 32"),
    POSTGRES_INSERT_1("postgres", "insert, 1 connection"),
    POSTGRES_INSERT_8("postgres", "insert, 8"),
    POSTGRES_INSERT_32("postgres", "insert, 32"),
    POSTGRES_BATCH_100("postgres", "insert 100 per commit"),
    POSTGRES_BATCH_500("postgres", "insert 500 per commit"),
    REDIS_ROUND_TRIP_1("redis", "one by one, 1 conn."),
    REDIS_ROUND_TRIP_32("redis", "one by one, 32"),
    REDIS_HINCRBY_ONE_KEY("redis", "HINCRBY, one key"),
    REDIS_HINCRBY_MANY_KEYS("redis", "HINCRBY, 10,000 keys"),
    REDIS_SADD("redis", "SADD"),
    KAFKA_PRODUCE("kafka", "produce"),
    KAFKA_PRODUCE_AWAITED("kafka", "produce, await acks"),
    KAFKA_CONSUME("kafka", "consume"),
    CASSANDRA_APPEND("cassandra", "append a row"),
    CASSANDRA_BATCH_50("cassandra", "append 50 at once"),
    HTTP_GATEWAY("http", "read, by the gateway"),
    HTTP_DIRECT("http", "read, direct"),
    HTTP_EMPTY("http", "empty answer");

    private final String group;
    private final String label;

    Quantity(String group, String label) {
        this.group = group;
        this.label = label;
    }

    /** Whose limit it is. */
    public String group() {
        return group;
    }

    /** Short, and clear beneath its group. */
    public String label() {
        return label;
    }
}
