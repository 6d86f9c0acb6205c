package spillway.metrics.engage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import spillway.platform.id.UserId;

/** Ids of shares that are sent with a key: the same user and key give the same id, so a repeated send counts once. */
final class ShareId {

    private ShareId() {}

    /** 1 to {@link Long#MAX_VALUE}: the first 63 bits of a SHA-256. */
    static long of(UserId user, String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(user.value()).array());
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest.digest()).getLong() >>> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
