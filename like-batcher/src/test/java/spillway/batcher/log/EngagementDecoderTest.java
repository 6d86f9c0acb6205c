package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import spillway.batcher.log.Decoder.Poison;
import spillway.events.v1.Engagement;
import spillway.events.v1.Engagement.Operation;
import spillway.platform.events.EngagementKey;

class EngagementDecoderTest {

    private static final EngagementKey KEY = new EngagementKey(7, 8);
    private static final int PARTITION = KEY.partition(8);

    private final Decoder decoder = new EngagementDecoder(8);
    private final List<String> taken = new ArrayList<>();

    private static Engagement.Builder like() {
        return Engagement.newBuilder().setPostId(7).setUserId(8).setMember(8).setOperation(Operation.ADD);
    }

    private void decode(int partition, byte @Nullable [] key, byte @Nullable [] value) throws Poison {
        decoder.decode(
                new ConsumerRecord<>("likes", partition, 3, key, value),
                (offset, post, member, add, sequence, acceptedAt) ->
                        taken.add(offset + " " + post + " " + member + " " + add + " " + sequence));
    }

    private void isPoison(int partition, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        assertThatExceptionOfType(Poison.class)
                .isThrownBy(() -> decode(partition, key, value))
                .withMessageContaining(reason);
        assertThat(taken).isEmpty();
    }

    @Test
    void likesAndUnlikes_areTaken() throws Poison {
        decode(PARTITION, KEY.toBytes(), like().build().toByteArray());
        decode(
                PARTITION,
                KEY.toBytes(),
                like().setOperation(Operation.REMOVE).build().toByteArray());

        assertThat(taken).containsExactly("3 7 8 true 0", "3 7 8 false 0");
    }

    @Test
    void theClientsSequence_isTaken_ifTheKeyHasItToo() throws Poison {
        byte[] value = like().setClientSequence(5).build().toByteArray();

        decode(PARTITION, new EngagementKey(7, 8, 5).toBytes(), value);
        assertThat(taken).containsExactly("3 7 8 true 5");

        taken.clear();
        isPoison(PARTITION, KEY.toBytes(), value, "disagree");
        isPoison(PARTITION, new EngagementKey(7, 8, 4).toBytes(), value, "disagree");
        isPoison(PARTITION, new EngagementKey(7, 8, -1).toBytes(), value, "sequence -1");
    }

    @Test
    void fieldsOfALaterVersion_areNoPoison() throws Poison {
        byte[] later = like().build().toByteArray();
        byte[] value = java.util.Arrays.copyOf(later, later.length + 2);
        value[later.length] = (byte) (15 << 3);

        decode(PARTITION, KEY.toBytes(), value);

        assertThat(taken).hasSize(1);
    }

    @Test
    void everythingElse_isPoison() {
        byte[] good = like().build().toByteArray();
        isPoison(PARTITION, null, good, "no key");
        isPoison(PARTITION, KEY.toBytes(), null, "no value");
        isPoison(PARTITION, new byte[15], good, "15 bytes");
        isPoison(PARTITION, new byte[16], good, "post id 0");
        isPoison(PARTITION, new EngagementKey(7, 0).toBytes(), good, "member 0");
        isPoison((PARTITION + 1) % 8, KEY.toBytes(), good, "belongs to partition " + PARTITION);
        isPoison(PARTITION, KEY.toBytes(), new byte[] {1, 2, 3}, "no Engagement");
        isPoison(PARTITION, KEY.toBytes(), new byte[0], "disagree");
        isPoison(PARTITION, KEY.toBytes(), like().setMember(9).build().toByteArray(), "disagree");
        isPoison(PARTITION, KEY.toBytes(), like().clearOperation().build().toByteArray(), "no known operation");
        isPoison(PARTITION, KEY.toBytes(), like().setOperationValue(9).build().toByteArray(), "no known operation");
    }
}
