package spillway.content.page;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.Hash64;

/**
 * Where a list goes on: after which id. Opaque to clients; bound to its list and checked, so an altered cursor or one of
 * another list is refused instead of giving odd pages. It is no secret: it grants nothing the list does not.
 *
 * @param list which list: its kind mixed with its owner, see {@link #list}
 */
public record Cursor(long list) {

    private static final int BYTES = 2 * Long.BYTES;
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /**
     * Names a list.
     *
     * @param kind a small constant per kind of list
     * @param owner whose list of that kind; 0 when there is only one
     */
    public static Cursor list(int kind, long owner) {
        return new Cursor(Hash64.mix(kind, owner));
    }

    /** The cursor after this id. */
    public String after(long id) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(id).putLong(check(id));
        return ENCODER.encodeToString(bytes.array());
    }

    /**
     * Ids of the page are below this: the cursor's id, or {@link Long#MAX_VALUE} for the first page.
     *
     * @throws InvalidCursor when it is not one that {@link #after} gave out for this list
     */
    public long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        ByteBuffer bytes = ByteBuffer.wrap(decode(cursor));
        if (bytes.remaining() != BYTES) {
            throw new InvalidCursor();
        }
        long id = bytes.getLong();
        if (bytes.getLong() != check(id) || !after(id).equals(cursor)) {
            throw new InvalidCursor();
        }
        return id;
    }

    private long check(long id) {
        return Hash64.mix(list, id);
    }

    private static byte[] decode(String cursor) {
        try {
            return DECODER.decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidCursor();
        }
    }
}
