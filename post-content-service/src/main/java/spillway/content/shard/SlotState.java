package spillway.content.shard;

/** What a slot is to a shard that knows it. */
public enum SlotState {
    /** Its content is here, complete, and changed here alone. */
    OWNER,
    /** As {@link #OWNER}, and each change is noted for the peer, which holds a copy. */
    MIRRORING,
    /** A copy is being received; the peer owns the slot. */
    REPLICA;

    public boolean isOwned() {
        return switch (this) {
            case OWNER, MIRRORING -> true;
            case REPLICA -> false;
        };
    }
}
