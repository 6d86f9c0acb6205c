package spillway.load.oracle;

/** Whether an operation may be sent now without making the final state undefined. */
public enum Readiness {
    READY,
    /** The post's creation is not acknowledged yet. */
    NO_POST,
    /** Another operation of the same user on the same post is under way. */
    BUSY,
    /** Only an acknowledged like can be taken back. */
    NOT_LIKED
}
