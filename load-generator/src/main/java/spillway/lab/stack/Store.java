package spillway.lab.stack;

/** What a store counts of its own accord: the figures are the stores', not the senders'. */
public enum Store {
    /** Rows inserted, updated and deleted, over all databases of both servers. */
    POSTGRES_ROWS("Postgres rows"),
    /** Transactions committed, those that only read as well. */
    POSTGRES_COMMITS("Postgres commits"),
    /** Increments of a number. */
    REDIS_COUNTS("Redis counts"),
    /** Commands that change something, increments as well; those inside of scripts one by one. */
    REDIS_WRITES("Redis writes"),
    /** Records appended to topics, none of the broker's own. */
    KAFKA_RECORDS("Kafka records"),
    /** Rows written to tables that are not Cassandra's own. */
    CASSANDRA_ROWS("Cassandra rows");

    private final String label;

    Store(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
