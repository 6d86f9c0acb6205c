package spillway.metrics.views;

/**
 * How a post's views lie in Redis; kept in the post's base key, where every change is a compare-and-set.
 *
 * <pre>
 * WHOLE    subKeys = 0                 all writes go to the base key
 *   announced     -> OPEN               epoch rises; from here on readers look at the sub-keys
 * OPEN     taken = -1                  writes may go to the sub-keys of this epoch
 *   merging       -> MERGING, taken 0
 * MERGING  taken = i                   sub-keys below i are contained in the base key, which is therefore their only place
 *   tookOne       -> MERGING, taken i + 1   sub-key i was sealed before, and its views are added in the same step
 *   merged        -> WHOLE              when taken = subKeys
 * </pre>
 *
 * @param epoch which split of the post this is, or the last one was: the millisecond it was announced, raised when that
 *     would not be past the one before; 0 when the post was never split
 * @param subKeys 0 when the post is whole
 * @param taken how many sub-keys the base key contains; -1 before merging
 */
record Split(long epoch, int subKeys, int taken) {

    /** What a post is that was never split. */
    static final Split NEVER = new Split(0, 0, -1);

    /** As many as a reader should have to look at. */
    static final int MOST_SUB_KEYS = 64;

    enum Stage {
        WHOLE,
        OPEN,
        MERGING
    }

    Split {
        if (epoch < 0 || subKeys < 0 || subKeys > MOST_SUB_KEYS || taken < -1 || taken > subKeys) {
            throw new IllegalArgumentException("not a split: " + epoch + ':' + subKeys + ':' + taken);
        }
        if ((subKeys == 0 && taken != -1) || (subKeys > 0 && epoch == 0)) {
            throw new IllegalArgumentException("no stage has this split: " + epoch + ':' + subKeys + ':' + taken);
        }
    }

    Stage stage() {
        if (subKeys == 0) {
            return Stage.WHOLE;
        }
        return taken < 0 ? Stage.OPEN : Stage.MERGING;
    }

    /** @param nowMillis wall clock; wrong clocks cost nothing, as the epoch rises in any case */
    Split announced(long nowMillis, int pieces) {
        require(Stage.WHOLE, "announced");
        return new Split(Math.max(epoch + 1, nowMillis), pieces, -1);
    }

    Split merging() {
        require(Stage.OPEN, "merging");
        return new Split(epoch, subKeys, 0);
    }

    Split tookOne() {
        require(Stage.MERGING, "taking a sub-key");
        return new Split(epoch, subKeys, taken + 1);
    }

    Split merged() {
        require(Stage.MERGING, "merged");
        if (taken < subKeys) {
            throw new IllegalStateException("merged with " + (subKeys - taken) + " sub-keys left: " + this);
        }
        return new Split(epoch, 0, -1);
    }

    private void require(Stage needed, String change) {
        if (stage() != needed) {
            throw new IllegalStateException(change + " needs " + needed + ", but this is " + stage() + ": " + this);
        }
    }

    /** Reads what {@link #toString} wrote. */
    static Split parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a split: " + text);
        }
        return new Split(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** The stored form {@code epoch:subKeys:taken}; absent for {@link #NEVER}. */
    @Override
    public String toString() {
        return epoch + ":" + subKeys + ':' + taken;
    }
}
