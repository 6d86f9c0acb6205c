package spillway.content.id;

/**
 * Milliseconds in which one node number is this instance's alone. The catalog hands out each (node, millisecond) once and
 * for all, so two instances never make the same id, whatever their clocks, pauses and crashes do: a paused owner can only
 * make ids of milliseconds nobody else will ever be given.
 *
 * @param node 0 to {@link #NODES} - 1
 * @param from first millisecond since {@code PostId.EPOCH}
 * @param until the millisecond after the last
 */
record IdRange(int node, long from, long until) {

    static final int NODES = 16;

    IdRange {
        if (node < 0 || node >= NODES) {
            throw new IllegalArgumentException("node must be in 0.." + (NODES - 1) + ": " + node);
        }
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("not a range of milliseconds: " + from + " until " + until);
        }
    }
}
