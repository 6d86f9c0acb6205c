package spillway.batcher.redis;

import java.nio.charset.StandardCharsets;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** Keys and arguments of one run of the script, in the order its header names. */
final class AdvanceCall {

    private final byte[][] keys;
    private final byte[][] arguments;

    private AdvanceCall(byte[][] keys, byte[][] arguments) {
        this.keys = keys;
        this.arguments = arguments;
    }

    /** Not copied: made for one call, megabytes in a burst. */
    byte[][] keys() {
        return keys;
    }

    byte[][] arguments() {
        return arguments;
    }

    static AdvanceCall of(
            CounterLayout layout,
            CounterFamily family,
            int partition,
            int bucket,
            Watermark expected,
            Watermark next,
            Fold changes) {
        byte[][] keys = new byte[2 + changes.posts()][];
        byte[][] arguments = new byte[2 + 3 * changes.posts() + changes.size()][];
        keys[0] = layout.watermark(family, partition, bucket);
        keys[1] = layout.counts(family, partition, bucket);
        arguments[0] = bytes(expected.toString());
        arguments[1] = bytes(next.toString());
        int at = 2;
        for (int group = 0; group < changes.posts(); group++) {
            long post = changes.post(group);
            long[] added = changes.added(group);
            long[] removed = changes.removed(group);
            keys[2 + group] = layout.members(family, partition, post);
            arguments[at++] = bytes(Long.toString(post));
            arguments[at++] = bytes(Integer.toString(added.length));
            arguments[at++] = bytes(Integer.toString(removed.length));
            for (long member : added) {
                arguments[at++] = bytes(Long.toString(member));
            }
            for (long member : removed) {
                arguments[at++] = bytes(Long.toString(member));
            }
        }
        return new AdvanceCall(keys, arguments);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
