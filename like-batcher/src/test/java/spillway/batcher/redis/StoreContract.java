package spillway.batcher.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.CounterStore.Reply;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** What a flush relies on, of the Redis in memory that the simulation uses and of a real one. */
interface StoreContract {

    long POST = 77;
    int BUCKET = CounterLayout.bucket(POST);
    Watermark FIRST = new Watermark("topic", (1L << 53) + 1);
    Watermark SECOND = new Watermark("topic", (1L << 53) + 2);

    CounterStore store();

    Map<Long, Long> counts();

    Set<String> members();

    /** Writes a text where the set of members belongs. */
    void spoilMembers();

    /** Runs the script with any keys and arguments; throws what Redis answers to nonsense. */
    void run(byte[][] keys, byte[][] arguments);

    private static Fold members(boolean add, long... members) {
        Fold fold = new Fold();
        for (long member : members) {
            fold.put(POST, member, add, 0, 0);
        }
        return fold;
    }

    private Reply apply(Watermark expected, Watermark next, Fold changes) {
        return store().compareAndApply(0, BUCKET, expected, next, changes)
                .toCompletableFuture()
                .join();
    }

    private Watermark watermark() {
        return store().watermarks(0).toCompletableFuture().join().get(BUCKET);
    }

    @Test
    default void aBucketThatNobodyTouched_hasNoWatermark() {
        assertThat(watermark()).isEqualTo(Watermark.NONE);
    }

    @Test
    default void aFlush_movesSetsCountsAndWatermarkTogether() {
        assertThat(apply(Watermark.NONE, FIRST, members(true, 1, 2, 3))).isEqualTo(new Reply.Applied(1));

        assertThat(watermark()).isEqualTo(FIRST);
        assertThat(members()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(counts()).isEqualTo(Map.of(POST, 3L));
    }

    @Test
    default void whatChangesNothing_movesOnlyTheWatermark() {
        apply(Watermark.NONE, FIRST, members(true, 1));

        assertThat(apply(FIRST, SECOND, members(true, 1))).isEqualTo(new Reply.Applied(0));
        assertThat(watermark()).isEqualTo(SECOND);
        assertThat(counts()).isEqualTo(Map.of(POST, 1L));
    }

    @Test
    default void removedMembers_areSubtracted() {
        apply(Watermark.NONE, FIRST, members(true, 1, 2));
        apply(FIRST, SECOND, members(false, 2, 9));

        assertThat(members()).containsExactly("1");
        assertThat(counts()).isEqualTo(Map.of(POST, 1L));
    }

    @Test
    default void anotherWatermark_refusesTheFlush_alsoWhenItDiffersPast2To53() {
        apply(Watermark.NONE, FIRST, members(true, 1));

        assertThat(apply(new Watermark("topic", 1L << 53), SECOND, members(true, 2)))
                .isEqualTo(new Reply.Fenced(FIRST.toString()));
        assertThat(apply(Watermark.NONE, SECOND, members(true, 2))).isEqualTo(new Reply.Fenced(FIRST.toString()));
        assertThat(members()).containsExactly("1");
    }

    @Test
    default void manyMembers_areTakenInPieces() {
        long[] many = new long[12_345];
        for (int i = 0; i < many.length; i++) {
            many[i] = 1L + i;
        }
        apply(Watermark.NONE, FIRST, members(true, many));
        assertThat(counts()).isEqualTo(Map.of(POST, 12_345L));

        apply(FIRST, SECOND, members(false, many));
        assertThat(members()).isEmpty();
    }

    private static Fold sequenced(long member, boolean add, long sequence) {
        Fold fold = new Fold();
        fold.put(POST, member, add, sequence, 0);
        return fold;
    }

    @Test
    default void aLateRetryOfALike_doesNotUndoTheUnlikeThatCameAfterIt() {
        Watermark third = new Watermark("topic", FIRST.offset() + 2);
        apply(Watermark.NONE, FIRST, sequenced(1, true, 9));
        apply(FIRST, SECOND, sequenced(1, false, 10));

        assertThat(apply(SECOND, third, sequenced(1, true, 9))).isEqualTo(new Reply.Applied(0));
        assertThat(members()).isEmpty();
        assertThat(counts().getOrDefault(POST, 0L)).isZero();
    }

    @Test
    default void sequencesPast2To53_areToldApart() {
        long sequence = (1L << 53) + 1;
        apply(Watermark.NONE, FIRST, sequenced(1, true, sequence));
        apply(FIRST, SECOND, sequenced(1, false, sequence - 1));
        assertThat(members()).containsExactly("1");

        apply(SECOND, new Watermark("topic", FIRST.offset() + 2), sequenced(1, false, Long.MAX_VALUE));
        assertThat(members()).isEmpty();
    }

    @Test
    default void anOperationWithoutASequence_countsWhateverTheSequences() {
        apply(Watermark.NONE, FIRST, sequenced(1, true, 9));
        apply(FIRST, SECOND, members(false, 1));

        assertThat(members()).isEmpty();
    }

    @Test
    default void manySequencedMembers_areTakenInPieces() {
        Fold fold = new Fold();
        for (int member = 1; member <= 5_001; member++) {
            fold.put(POST, member, true, 1, 0);
        }
        apply(Watermark.NONE, FIRST, fold);

        assertThat(members()).hasSize(5_001);
        assertThat(counts()).isEqualTo(Map.of(POST, 5_001L));
    }

    @Test
    default void aKeyOfAnotherType_isFoundBeforeAnythingIsWritten() {
        spoilMembers();

        assertThatThrownBy(() -> apply(Watermark.NONE, FIRST, members(true, 1))).hasMessageContaining("not a set");
        assertThat(watermark()).isEqualTo(Watermark.NONE);
        assertThat(counts()).isEmpty();
    }

    @Test
    default void argumentsThatDoNotAddUp_areRefusedBeforeAnythingIsWritten() {
        for (List<String> nonsense : List.of(
                List.of("-1", "t:1", "77", "2", "0", "0", "1"),
                List.of("-1", "t:1", "77", "x", "0", "0"),
                List.of("-1", "t:1", "77", "-1", "0", "0"),
                List.of("-1", "t:1", "77", "0.5", "0.5", "0", "1"),
                List.of("-1", "t:1", "77"),
                List.of("-1", "t:1", "77", "1", "0", "0", "1", "2"))) {
            assertThatThrownBy(() -> run(keys(false), bytes(nonsense)))
                    .as("%s", nonsense)
                    .hasMessageContaining("SPILLWAY");
        }
        for (List<String> nonsense : List.of(
                List.of("-1", "t:1", "77", "0", "0", "1", "1", "2"),
                List.of("-1", "t:1", "77", "0", "0", "1", "1", "0", "+."),
                List.of("-1", "t:1", "77", "0", "0", "1", "1", "1.5", "+."),
                List.of("-1", "t:1", "77", "0", "0", "1", "1", "2", ".."),
                List.of("-1", "t:1", "77", "0", "0", "2", "1", "2", "+."))) {
            assertThatThrownBy(() -> run(keys(true), bytes(nonsense)))
                    .as("%s", nonsense)
                    .hasMessageContaining("SPILLWAY");
        }
        assertThat(watermark()).isEqualTo(Watermark.NONE);
        assertThat(members()).isEmpty();
    }

    /** Of one post: watermark, counts, members, and the sequences if asked for. */
    byte[][] keys(boolean sequences);

    private static byte[][] bytes(List<String> texts) {
        return texts.stream()
                .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
