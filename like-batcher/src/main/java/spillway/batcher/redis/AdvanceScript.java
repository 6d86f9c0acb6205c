package spillway.batcher.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The script that moves a bucket forward.
 *
 * @param source what Redis runs
 * @param sha1 how Redis names it once it has seen it
 */
record AdvanceScript(String source, String sha1) {

    static AdvanceScript load() {
        try (InputStream resource = AdvanceScript.class.getResourceAsStream("advance.lua")) {
            if (resource == null) {
                throw new IllegalStateException("advance.lua is not on the class path");
            }
            return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read advance.lua", e);
        }
    }

    static AdvanceScript of(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new AdvanceScript(source, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
