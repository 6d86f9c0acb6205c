package spillway.content.reshard;

/**
 * What rows amount to, whatever their order.
 *
 * @param rows how many
 * @param hash exclusive or of the hashes of the rows, each over all its columns
 */
record Digest(long rows, long hash) {}
