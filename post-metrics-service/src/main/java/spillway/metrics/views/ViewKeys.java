package spillway.metrics.views;

import java.nio.charset.StandardCharsets;

/**
 * Redis keys of views; both of a post share a slot.
 *
 * @param prefix put before every key
 */
record ViewKeys(String prefix) {

    /** String: how many views. */
    byte[] views(long post) {
        return bytes("views:{" + post + "}");
    }

    /** HyperLogLog: who viewed. */
    byte[] viewers(long post) {
        return bytes("viewers:{" + post + "}");
    }

    private byte[] bytes(String key) {
        return (prefix + key).getBytes(StandardCharsets.ISO_8859_1);
    }
}
