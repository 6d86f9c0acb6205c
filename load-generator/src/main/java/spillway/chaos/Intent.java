package spillway.chaos;

/**
 * What one user wants of one post.
 *
 * @param pair both of them, see {@link Crowd}
 * @param like a like, or its end
 */
record Intent(int pair, boolean like) {}
