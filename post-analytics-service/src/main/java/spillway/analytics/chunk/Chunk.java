package spillway.analytics.chunk;

/**
 * A chunk: {@link #RECORDS} offsets of one partition of a topic, beginning at a multiple of them. Where chunks begin is part
 * of the stored format and never changes.
 */
public final class Chunk {

    static final int BITS = 12;

    /** Offsets in a chunk. */
    public static final int RECORDS = 1 << BITS;

    private Chunk() {}

    /** The first offset of the chunk that an offset lies in. */
    public static long start(long offset) {
        return offset & -RECORDS;
    }

    /** Which chunk an offset, or a place that begins with the partition, lies in. */
    static long of(long place) {
        return place >>> BITS;
    }

    /** How far into its chunk an offset lies, from 0. */
    static int within(long place) {
        return (int) (place & (RECORDS - 1));
    }
}
