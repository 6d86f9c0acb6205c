package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import spillway.batcher.collapse.PartitionBatch.Flushed;
import spillway.batcher.collapse.PartitionBatch.State;
import spillway.batcher.redis.LuaRedis;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

class PartitionBatchTest {

    private static final long POST = 77;
    private static final int BUCKET = CounterLayout.bucket(POST);

    private final LuaRedis redis = new LuaRedis(LuaRedis.deployedScript());
    private final PartitionBatch batch = new PartitionBatch(0, redis, new Window());

    private static List<Watermark> none() {
        return Collections.nCopies(CounterLayout.BUCKETS, Watermark.NONE);
    }

    private static List<Watermark> all(String topic, long offset) {
        return Collections.nCopies(CounterLayout.BUCKETS, new Watermark(topic, offset));
    }

    @Test
    void withoutWatermarks_readingStartsAtTheBeginning() {
        assertThat(batch.place("t", none(), 10)).isZero();
        assertThat(batch.state()).isEqualTo(State.RUNNING);
    }

    @Test
    void afterHalfAFlush_readingGoesOnBehindTheLowestWatermark() {
        List<Watermark> half = new ArrayList<>(all("t", 9));
        half.set(3, new Watermark("t", 4));

        assertThat(batch.place("t", half, 10)).isEqualTo(5);
    }

    @Test
    void aRecordAtOrBelowItsBucketsWatermark_isNotSentAgain() {
        List<Long> sent = new ArrayList<>();
        CounterStore recording = new CounterStore() {
            @Override
            public CompletionStage<?> reject(int partition, List<Long> offsets) {
                return redis.reject(partition, offsets);
            }

            @Override
            public CompletionStage<List<Watermark>> watermarks(int partition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletionStage<Reply> compareAndApply(
                    int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
                for (int group = 0; group < changes.posts(); group++) {
                    Arrays.stream(changes.added(group)).forEach(sent::add);
                }
                return CompletableFuture.completedFuture(new Reply.Applied(0));
            }
        };
        List<Watermark> half = new ArrayList<>(all("t", 4));
        half.set(BUCKET, new Watermark("t", 9));
        PartitionBatch replaying = new PartitionBatch(0, recording, new Window());
        replaying.place("t", half, 20);

        replaying.add(9, POST, 1, true, 0, 0);
        replaying.add(10, POST, 2, true, 0, 0);
        replaying.flush(10);

        assertThat(sent).containsExactly(2L);
    }

    @Test
    void aFlush_movesEveryBucketToItsLastOffset() {
        batch.place("t", none(), 20);
        batch.add(6, POST, 1, true, 0, 0);
        batch.flush(6);

        assertThat(batch.settle()).isInstanceOfSatisfying(Flushed.Done.class, done -> {
            assertThat(done.counterWrites()).isEqualTo(1);
            assertThat(done.tally().of(Heat.COLD)).isEqualTo(new HeatTally.Share(1, 1, 0));
        });
        assertThat(redis.watermarks(0).toCompletableFuture().join()).isEqualTo(all("t", 6));
        assertThat(redis.counts(0, BUCKET)).containsEntry(POST, 1L);
    }

    @Test
    void whileAWindowIsUnderWay_theNextOneIsFolded_andSentAfterIt() {
        batch.place("t", none(), 20);
        batch.add(6, POST, 1, true, 0, 0);
        batch.flush(6);
        batch.add(7, POST, 2, true, 0, 0);
        batch.settle();
        batch.flush(7);

        assertThat(batch.settle()).isInstanceOf(Flushed.Done.class);
        assertThat(redis.members(0, POST)).containsExactlyInAnyOrder("1", "2");
        assertThat(redis.watermark(0, BUCKET)).isEqualTo(new Watermark("t", 7));
    }

    @Test
    void aRecordThatIsOnItsWay_isNotFoldedAgain() {
        Window window = new Window();
        PartitionBatch again = new PartitionBatch(0, redis, window);
        again.place("t", none(), 20);
        again.add(6, POST, 1, true, 0, 0);
        again.flush(6);
        again.add(6, POST, 1, true, 0, 0);

        assertThat(window.fold(BUCKET).size()).isZero();
    }

    @Test
    void aFenceUnderWay_alsoDropsWhatWasFoldedMeanwhile() {
        Window window = new Window();
        PartitionBatch zombie = new PartitionBatch(0, redis, window);
        zombie.place("t", none(), 20);
        batch.place("t", none(), 20);
        batch.flush(3);
        batch.settle();

        zombie.flush(2);
        zombie.add(4, POST, 1, true, 0, 0);
        assertThat(zombie.settle()).isInstanceOf(Flushed.Fenced.class);

        assertThat(window.fold(BUCKET).size()).isZero();
        assertThat(zombie.unapplied()).isZero();
    }

    @Test
    void aFencedFlush_needsTheWatermarksAgain() {
        batch.place("t", none(), 20);
        PartitionBatch twin = new PartitionBatch(0, redis, new Window());
        twin.place("t", none(), 20);
        twin.flush(3);
        twin.settle();

        batch.flush(2);

        assertThat(batch.settle()).isInstanceOf(Flushed.Fenced.class);
        assertThat(batch.state()).isEqualTo(State.UNPLACED);
        assertThatIllegalStateException()
                .isThrownBy(() -> batch.add(4, POST, 1, true, 0, 0))
                .withMessage("partition 0 is UNPLACED, but add needs RUNNING or FLUSHING");
    }

    @Test
    void watermarksOfAnotherTopic_areRefused() {
        assertThatExceptionOfType(LogUnusable.class)
                .isThrownBy(() -> batch.place("new", all("old", 3), 10))
                .withMessageContaining("counted from topic old");
    }

    @Test
    void watermarksPastTheEnd_areRefused() {
        assertThatExceptionOfType(LogUnusable.class)
                .isThrownBy(() -> batch.place("t", all("t", 10), 10))
                .withMessageContaining("the log ends at 10");
    }

    @Test
    void aStoreThatWentBackInTime_doesNotAgree() {
        batch.place("t", all("t", 5), 10);

        assertThat(batch.agrees(all("t", 5))).isTrue();
        assertThat(batch.agrees(none())).isFalse();
    }
}
