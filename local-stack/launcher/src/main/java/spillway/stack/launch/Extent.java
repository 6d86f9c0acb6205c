package spillway.stack.launch;

/** How much of the stack to run. */
enum Extent {
    /** Only Postgres, Redis, Kafka and Cassandra, for services started elsewhere such as in an IDE. */
    SERVERS,
    EVERYTHING,
    /** What the lab compares: the monolith as well, and every service with both compilers, as it would run for good. */
    LAB
}
