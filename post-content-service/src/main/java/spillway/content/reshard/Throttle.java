package spillway.content.reshard;

/** Keeps what copying takes from a shard's clients within bounds. */
@FunctionalInterface
interface Throttle {

    /** Called after each chunk, and after each handover; returns when the next may begin. */
    void pause();

    /** Work begins: what time went by since the last pause was spent waiting, not at the shard's cost. */
    default void begin() {}
}
