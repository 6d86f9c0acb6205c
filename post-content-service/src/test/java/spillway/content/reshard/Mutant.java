package spillway.content.reshard;

/** What is left out or turned round in the shards, their clients, or what a mover is told of them. */
enum Mutant {
    NONE,
    /** A received row overwrites whatever is there. */
    NO_VERSION_GUARD,
    /** Writers take no lock. */
    NO_FENCE,
    /** Writers look at the slot with the snapshot from before their wait for the lock. */
    FENCE_IN_ONE_STATEMENT,
    /** A deleted post's row goes. */
    NO_TOMBSTONES,
    /** Changes are taken beyond the last number that was taken. */
    APPLIER_BY_SEQUENCE,
    /** Changes in others' hands do not count as waiting. */
    DRAIN_WITH_SKIP_LOCKED_ONLY,
    /** Rows are received whatever the slots are to the shard. */
    NO_REPLICA_CHECK,
    /** The target takes over before the source has given up. */
    HANDOVER_IN_TWO_COMMITS,
    /** Slots are said to mirror that do so only after the backfill. */
    BACKFILL_BEFORE_MIRRORING,
    /** Slots begin to mirror while writes that began before are under way. */
    MIRROR_WITHOUT_LOCKS,
    /** A read believes what it found without asking whose slot it is. */
    READS_DO_NOT_CHECK,
    /** A read believes what it found at a shard that became the owner after it had looked. */
    READS_CHECK_THE_STATE_ONLY,
    /** Events of the old owner may still wait when the new one begins. */
    OUTBOX_NOT_WAITED_FOR,
    /** All rows look equal, so the flipped one too. */
    NOTHING_COMPARED,
    /** What is in the way of a handover is looked for before writers are locked out. */
    HANDOVER_LOOKS_BEFORE_IT_LOCKS,
    /** Mirrored keys are forgotten after they were compared, also those that were mirrored again meanwhile. */
    COMPARED_KEYS_ARE_FORGOTTEN_LATER,
    /** A replica takes over on any word, however old. */
    TAKE_OVER_AT_ANY_EPOCH,
    /** A call of an ended move is done. */
    END_IS_NO_END,
    /** How slots stand is looked at before the move ends there, and what comes between is missed. */
    LOOKS_BEFORE_THE_END,
    /** A call of one move changes another's slots. */
    MOVES_ARE_ALL_THE_SAME
}
