package spillway.monolith.paging;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Where the next piece of a list begins, opaque to clients.
 *
 * @param before id of the last item already given, positive
 */
public record Cursor(long before) {

    /** Before the first piece: above every id. */
    public static final Cursor START = new Cursor(Long.MAX_VALUE);

    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    public Cursor {
        if (before <= 0) {
            throw new IllegalArgumentException("cursor is not one of ours");
        }
    }

    /**
     * Reads the wire form; Spring finds it by its name.
     *
     * @throws IllegalArgumentException when the text was not made by {@link #toString()}
     */
    public static Cursor from(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != Long.BYTES) {
            throw new IllegalArgumentException("cursor is not one of ours");
        }
        return new Cursor(ByteBuffer.wrap(bytes).getLong());
    }

    @Override
    public String toString() {
        return TO_TEXT.encodeToString(
                ByteBuffer.allocate(Long.BYTES).putLong(before).array());
    }
}
