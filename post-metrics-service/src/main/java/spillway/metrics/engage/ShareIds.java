package spillway.metrics.engage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.UserId;

/** Ids of shares, 1 to {@link Long#MAX_VALUE}. Thread-safe if its source of chance is. */
final class ShareIds {

    private final RandomGenerator random;

    ShareIds(RandomGenerator random) {
        this.random = random;
    }

    /**
     * An id for a user's share.
     *
     * @param key the same user and key give the same id, so that a repeated send counts once; null for a new share each
     *     time
     */
    long next(UserId user, @Nullable String key) {
        return key == null ? random.nextLong(1, Long.MAX_VALUE) : of(user, key);
    }

    private static long of(UserId user, String key) {
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
