package spillway.content.reshard;

/** Keeps what a move takes from clients within bounds. */
@FunctionalInterface
interface Throttle {

    /** Called after each step, whether it got on or not; returns when the next may begin. */
    void pause();

    /** Work begins: what time went by since the last pause was spent waiting, at nobody's cost. */
    default void begin() {}
}
