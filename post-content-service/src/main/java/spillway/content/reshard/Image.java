package spillway.content.reshard;

/**
 * Rows of a relation as they are in one shard at one moment, to be received by another.
 *
 * @param count how many
 * @param bytes their form is the business of the two {@link Side}s
 */
record Image(Relation relation, int count, Object bytes) {}
