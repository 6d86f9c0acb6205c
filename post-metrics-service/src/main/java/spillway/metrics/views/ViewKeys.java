package spillway.metrics.views;

import java.nio.charset.StandardCharsets;

/**
 * Redis keys of views. All of a post's base keys share a slot. Sub-keys have slots of their own: the last digit of the hash
 * tag moves the slot by multiples of 4,096 plus a little, so that four sub-keys in a row lie in the four quarters of a
 * cluster's slots, whatever the post.
 *
 * @param prefix put before every key
 */
record ViewKeys(String prefix) {

    /** Hash: {@code views}, {@code variance}, {@code writes}, {@code split}, {@code gathered}; see {@link ViewStore.Base}. */
    byte[] base(long post) {
        return bytes("viewed:{" + post + '}');
    }

    /** HyperLogLog: who viewed. */
    byte[] viewers(long post) {
        return bytes("viewers:{" + post + '}');
    }

    /** Holds another HyperLogLog while it is merged. */
    byte[] scratch(long post) {
        return bytes("viewers:with:{" + post + '}');
    }

    /** String, there while somebody tends the post's split. */
    byte[] claim(long post) {
        return bytes("viewed:tended:{" + post + '}');
    }

    /** Hash: {@code epoch}, {@code views}, {@code variance}, {@code writes}, {@code sealed}; see {@link ViewStore.SubKey}. */
    byte[] subKey(long post, int i) {
        return bytes("viewed:{" + post + '.' + i + '}');
    }

    /** HyperLogLog: who viewed, of those whose views went to the sub-key. */
    byte[] subViewers(long post, int i) {
        return bytes("viewers:{" + post + '.' + i + '}');
    }

    private byte[] bytes(String key) {
        return (prefix + key).getBytes(StandardCharsets.ISO_8859_1);
    }
}
