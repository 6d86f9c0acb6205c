package spillway.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * A post or comment: a positive 63-bit number that sorts by creation time and carries its author's slot, so an id alone
 * finds its shard. From the high end: 41 bits of milliseconds since {@link #EPOCH}, 12 bits of slot, 10 bits of
 * sequence. On the wire a decimal string.
 *
 * @param value 1 to {@link Long#MAX_VALUE}
 */
public record PostId(long value) implements Comparable<PostId> {

    /** Millisecond 0 of the time bits, which last until September 2094. */
    public static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    /** Ids that one slot can take in one millisecond. */
    public static final int SEQUENCES = 1 << 10;

    private static final int SEQUENCE_BITS = 10;
    private static final int SLOT_BITS = 12;
    private static final long MAX_MILLIS = (1L << 41) - 1;

    public PostId {
        if (value <= 0) {
            throw new IllegalArgumentException("post id must be positive: " + value);
        }
    }

    /**
     * Composes an id.
     *
     * @param millis since {@link #EPOCH}, 0 to 2^41 - 1
     * @param sequence 0 to {@link #SEQUENCES} - 1
     */
    public static PostId of(long millis, Slot slot, int sequence) {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("milliseconds since " + EPOCH + " out of range: " + millis);
        }
        if (sequence < 0 || sequence >= SEQUENCES) {
            throw new IllegalArgumentException("sequence out of range: " + sequence);
        }
        return new PostId((millis << (SLOT_BITS + SEQUENCE_BITS)) | ((long) slot.number() << SEQUENCE_BITS) | sequence);
    }

    /**
     * Reads the wire form.
     *
     * @throws IllegalArgumentException when the text is not a canonical positive decimal that fits 63 bits
     */
    @JsonCreator
    public static PostId parse(String text) {
        return new PostId(Decimal.parse("post id", text));
    }

    public Slot slot() {
        return new Slot((int) (value >>> SEQUENCE_BITS) & (Slot.COUNT - 1));
    }

    /** When the id was made, to the millisecond. */
    public Instant createdAt() {
        return EPOCH.plusMillis(value >>> (SLOT_BITS + SEQUENCE_BITS));
    }

    public int sequence() {
        return (int) value & (SEQUENCES - 1);
    }

    @Override
    public int compareTo(PostId other) {
        return Long.compare(value, other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
