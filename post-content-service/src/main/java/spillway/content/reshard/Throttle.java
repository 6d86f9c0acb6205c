package spillway.content.reshard;

/** Keeps what copying takes from a shard's clients within bounds. */
@FunctionalInterface
interface Throttle {

    /** Called after each chunk; returns when the next may begin. */
    void pause();
}
