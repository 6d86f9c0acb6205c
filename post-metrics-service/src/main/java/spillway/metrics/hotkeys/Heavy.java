package spillway.metrics.hotkeys;

/**
 * A key and what it weighs.
 *
 * @param weight at least the true weight
 * @param error at most this much of {@code weight} belongs to others
 */
public record Heavy(long key, long weight, long error) {}
