package spillway.batcher.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import spillway.batcher.collapse.Fold;
import spillway.batcher.collapse.Fold.Sequenced;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** One run of the script: number of keys, keys and arguments in the order its header names, ready to be sent. */
final class AdvanceCall {

    private static final int KEY_BYTES = 96;
    private static final int POST_BYTES = 64;
    private static final int MEMBER_BYTES = 26;

    private final byte[] firstKey;
    private final Resp words;

    private AdvanceCall(byte[] firstKey, Resp words) {
        this.firstKey = firstKey;
        this.words = words;
    }

    /** What follows the script, as it is sent. */
    Resp words() {
        return words;
    }

    /** For a command that names the script in its first argument. */
    CommandArgs<byte[], byte[]> after(String script) {
        Resp name = new Resp(script.length() + KEY_BYTES).add(script);
        return new CommandArgs<>(ByteArrayCodec.INSTANCE) {
            @Override
            public int count() {
                return name.count() + words.count();
            }

            @Override
            public void encode(ByteBuf target) {
                target.writeBytes(name.bytes(), 0, name.length());
                target.writeBytes(words.bytes(), 0, words.length());
            }

            // Decides the node in a cluster.
            @Override
            public ByteBuffer getFirstEncodedKey() {
                return ByteBuffer.wrap(firstKey);
            }
        };
    }

    static AdvanceCall of(
            CounterLayout layout,
            CounterFamily family,
            int partition,
            int bucket,
            Watermark expected,
            Watermark next,
            Fold changes) {
        int posts = changes.posts();
        int withSequences = 0;
        for (int group = 0; group < posts; group++) {
            withSequences += changes.hasSequenced(group) ? 1 : 0;
        }
        byte[] watermark = layout.watermark(family, partition, bucket);
        int keys = 2 + posts + withSequences;
        Resp words = new Resp(keys * KEY_BYTES + posts * POST_BYTES + changes.size() * MEMBER_BYTES + 2 * KEY_BYTES);
        words.add(keys).add(watermark).add(layout.counts(family, partition, bucket));
        for (int group = 0; group < posts; group++) {
            words.add(layout.members(family, partition, changes.post(group)));
            if (changes.hasSequenced(group)) {
                words.add(layout.sequences(family, partition, changes.post(group)));
            }
        }
        words.add(expected.toString()).add(next.toString());
        for (int group = 0; group < posts; group++) {
            add(words, changes, group);
        }
        return new AdvanceCall(watermark, words);
    }

    private static void add(Resp words, Fold changes, int group) {
        long[] added = changes.added(group);
        long[] removed = changes.removed(group);
        var sequenced = changes.sequenced(group);
        words.add(changes.post(group)).add(added.length).add(removed.length).add(sequenced.size());
        for (long member : added) {
            words.add(member);
        }
        for (long member : removed) {
            words.add(member);
        }
        for (Sequenced operation : sequenced) {
            words.add(operation.member())
                    .add(operation.sequence())
                    .add("" + operation.ifNewer().sign() + operation.otherwise().sign());
        }
    }
}
