package spillway.metrics.receipt;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.UserId;

/**
 * Writes receipts as tokens and reads them back: 21 bytes of content and the first 16 of their HMAC-SHA256, in URL-safe
 * base64 (50 characters). Thread-safe.
 */
public final class Receipts {

    /** Bytes of key below which a key could be guessed. */
    public static final int SHORTEST_KEY = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int CONTENT = 2 + Short.BYTES + 1 + 2 * Long.BYTES;
    private static final int SIGNATURE = 16;

    private final Mac prototype;

    /** @throws IllegalArgumentException when the key is shorter than {@value #SHORTEST_KEY} bytes */
    public Receipts(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "a receipts key needs " + SHORTEST_KEY + " bytes, this one has " + key.length);
        }
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    public String write(Receipt receipt) {
        byte[] content = ByteBuffer.allocate(CONTENT)
                .put(VERSION)
                .put((byte) receipt.family().code())
                .putShort((short) receipt.partition())
                .put((byte) receipt.bucket())
                .putLong(receipt.offset())
                .putLong(receipt.principal().value())
                .array();
        byte[] token = Arrays.copyOf(content, CONTENT + SIGNATURE);
        System.arraycopy(signature(content), 0, token, CONTENT, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The receipt, or nothing when this service did not write the token. */
    public Optional<Receipt> read(String text) {
        byte[] token = decoded(text);
        if (token.length != CONTENT + SIGNATURE) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(token, CONTENT);
        byte[] claimed = Arrays.copyOfRange(token, CONTENT, token.length);
        if (!MessageDigest.isEqual(claimed, Arrays.copyOf(signature(content), SIGNATURE))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        if (fields.get() != VERSION) {
            return Optional.empty();
        }
        CounterFamily family = CounterFamily.ofCode(fields.get());
        int partition = fields.getShort();
        int bucket = fields.get();
        long offset = fields.getLong();
        return Optional.of(new Receipt(new UserId(fields.getLong()), family, partition, bucket, offset));
    }

    private static byte[] decoded(String text) {
        if (text.length() > 2 * (CONTENT + SIGNATURE)) {
            return new byte[0];
        }
        try {
            byte[] token = Base64.getUrlDecoder().decode(text);
            // One spelling per receipt: the decoder would also take padding and stray low bits.
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(token)
                    .equals(text);
            return canonical ? token : new byte[0];
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private byte[] signature(byte[] content) {
        try {
            return ((Mac) prototype.clone()).doFinal(content);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java's " + ALGORITHM + " cannot be cloned", e);
        }
    }
}
