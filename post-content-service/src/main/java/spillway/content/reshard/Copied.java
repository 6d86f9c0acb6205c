package spillway.content.reshard;

/**
 * How far a relation has been copied.
 *
 * @param upTo last key of the last span received; {@link Key#START} when there is none, {@link Key#END} when all are
 * @param rows how many were received, those that came twice counted twice: for people
 */
record Copied(Key upTo, long rows) {

    static final Copied NOTHING = new Copied(Key.START, 0);
}
