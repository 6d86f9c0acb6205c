package spillway.batcher.collapse;

/** How busy a post was within one batch window and bucket. */
public enum Heat {
    /** A hundred operations or more. */
    VIRAL,
    /** Two or more. */
    WARM,
    /** One: batching cannot save it a write. */
    COLD;

    private static final int VIRAL_FROM = 100;
    private static final int WARM_FROM = 2;

    /** The heat of a post with so many operations. */
    public static Heat of(int operations) {
        return operations >= VIRAL_FROM ? VIRAL : operations >= WARM_FROM ? WARM : COLD;
    }
}
