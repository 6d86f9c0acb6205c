package spillway.lab.reshard;

/** Where a reshard as a whole is, as the service names it. */
public enum Phase {
    RUNNING,
    PAUSED,
    /** A move found differences that do not go away, and waits for somebody. */
    HALTED,
    /** Every slot is at its target; the sources follow until finish or rollback. */
    CUT_OVER,
    ABORTING,
    ROLLING_BACK,
    FINISHING,
    ABORTED,
    ROLLED_BACK,
    DONE;

    /** Whether nothing more comes. */
    public boolean isEnd() {
        return switch (this) {
            case ABORTED, ROLLED_BACK, DONE -> true;
            case RUNNING, PAUSED, HALTED, CUT_OVER, ABORTING, ROLLING_BACK, FINISHING -> false;
        };
    }

    /** Whether it goes no further before an operator says how. */
    public boolean waitsForOperator() {
        return switch (this) {
            case HALTED, CUT_OVER, PAUSED -> true;
            case RUNNING, ABORTING, ROLLING_BACK, FINISHING, ABORTED, ROLLED_BACK, DONE -> false;
        };
    }
}
