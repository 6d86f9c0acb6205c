package spillway.chaos.reshard;

/**
 * What is known of a post at one moment.
 *
 * @param version the last one that was acknowledged
 * @param text its content, see {@link Text}
 * @param open what was asked for and is not settled
 * @param openText the content that an open edit brings
 */
record Standing(long version, long text, boolean deleted, Open open, long openText) {

    /** A change on its way. */
    enum Open {
        NONE,
        EDIT,
        DELETE,
        COMMENT
    }

    /** Whether a read that finds no such post may be right. */
    boolean mayBeGone() {
        return deleted || open == Open.DELETE;
    }
}
