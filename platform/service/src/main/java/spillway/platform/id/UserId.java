package spillway.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A user: a positive 63-bit number, on the wire a decimal string because JavaScript loses bits past 2^53.
 *
 * @param value 1 to {@link Long#MAX_VALUE}
 */
public record UserId(long value) {

    public UserId {
        if (value <= 0) {
            throw new IllegalArgumentException("user id must be positive: " + value);
        }
    }

    /**
     * Reads the wire form.
     *
     * @throws IllegalArgumentException when the text is not a canonical positive decimal that fits 63 bits
     */
    @JsonCreator
    public static UserId parse(String text) {
        return new UserId(Decimal.parse("user id", text));
    }

    /** The fixed slot this user's posts live in. */
    public Slot slot() {
        return Slot.of(this);
    }

    @JsonValue
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
