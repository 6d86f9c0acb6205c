package spillway.content.reshard;

/** Keeps what copying takes from a shard's clients within bounds. */
@FunctionalInterface
interface Throttle {

    /** Called after each chunk, and after each handover; returns when the next may begin. */
    void pause();
}
