package spillway.lab.reshard;

/** Where one move is, as the service names it. */
public enum Stage {
    OLD,
    MIRROR,
    BACKFILL,
    VERIFY,
    SEAL,
    /** The target owns the slots, and mirrors what is written back to the source. */
    NEW,
    /** The source forgets the slots. */
    FINISHING,
    ROLLING_BACK,
    DONE,
    ROLLED_BACK,
    ABORTED;

    public boolean isEnd() {
        return switch (this) {
            case DONE, ROLLED_BACK, ABORTED -> true;
            case OLD, MIRROR, BACKFILL, VERIFY, SEAL, NEW, FINISHING, ROLLING_BACK -> false;
        };
    }
}
