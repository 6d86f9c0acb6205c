package spillway.metrics.engage;

/**
 * Where the log put a record.
 *
 * @param partition of the topic
 * @param offset in the partition
 */
record Appended(int partition, long offset) {}
