package spillway.content.reshard;

/** What the operator wants of a reshard. */
enum Wish {
    /** On, up to {@link MoveState#NEW}. */
    RUN,
    /** No step further; what is mirrored stays mirrored. */
    PAUSE,
    /** Back, as if nothing had been moved; of use before anything was handed over. */
    ABORT,
    /** Back, with all that was written since. */
    ROLLBACK,
    /** The old copies may go: the point of no return. */
    FINISH
}
