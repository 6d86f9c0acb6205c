package spillway.content.reshard;

/** How far a move of slots has come. */
enum MoveState {
    /** Planned. */
    OLD,
    /** The target knows the slots as a replica, and the source notes changes for it. */
    MIRROR,
    /** What was there before is copied. */
    BACKFILL,
    /** Both sides are compared, row for row. */
    VERIFY,
    /** Group after group of slots is sealed and handed over. */
    SEAL,
    /** The target owns all slots, the source follows. */
    NEW,
    /** The source forgets the slots: no way back. */
    FINISHING,
    /** The source has forgotten the slots. */
    DONE,
    /** What was handed over is handed back, then the target forgets the slots. */
    ROLLING_BACK,
    /** As if there had been no move. */
    ROLLED_BACK
}
