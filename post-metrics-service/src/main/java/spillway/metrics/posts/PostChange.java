package spillway.metrics.posts;

/**
 * A post that came or went.
 *
 * @param exists whether it is there from now on
 */
record PostChange(long post, boolean exists) {}
