package spillway.stack.process;

/** The signal that asks a process to end in order. */
public enum StopSignal {
    TERM,
    /** Postgres's fast shutdown: TERM would wait for its clients to leave. */
    INT
}
