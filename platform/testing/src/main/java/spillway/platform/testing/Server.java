package spillway.platform.testing;

/** A backing server that a suite may ask for. */
public enum Server {
    POSTGRES,
    REDIS,
    KAFKA,
    CASSANDRA
}
