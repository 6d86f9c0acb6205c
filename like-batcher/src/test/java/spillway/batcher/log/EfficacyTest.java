package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import spillway.batcher.collapse.PartitionBatch;
import spillway.batcher.collapse.PartitionBatch.Flushed;
import spillway.batcher.collapse.Window;
import spillway.batcher.redis.LuaRedis;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

class EfficacyTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FamilyMetrics metrics = new FamilyMetrics(CounterFamily.LIKES, meters, () -> NOW);
    private final PartitionBatch batch = new PartitionBatch(0, new LuaRedis(LuaRedis.deployedScript()), new Window());

    EfficacyTest() {
        assertThat(batch.place("t", Collections.nCopies(CounterLayout.BUCKETS, Watermark.NONE), 1_000_000))
                .isZero();
    }

    /** A window of so many likes on one post, accepted at one time. */
    private void window(int likes, long acceptedAt) {
        long from = batch.unapplied();
        for (int i = 0; i < likes; i++) {
            batch.add(from + i, 7, 1 + from + i, true, 0, acceptedAt);
        }
        batch.flush(from + likes - 1);
        Flushed flushed = batch.settle();
        assertThat(flushed).isInstanceOf(Flushed.Done.class);
        metrics.flushed(likes, acceptedAt, (Flushed.Done) flushed);
    }

    @Test
    void manyLikesOnAPost_areOneWrite_andThatShows() {
        window(200, 900);

        assertThat(metrics.efficacy().windows()).isEqualTo(1);
        assertThat(metrics.efficacy().wastedWindows()).isZero();
        assertThat(metrics.efficacy().heats()).containsEntry("viral", new Efficacy.Share(200, 1, 200, 100));
        assertThat(meters.get("spillway.batcher.heat.operations")
                        .tags("family", "likes", "heat", "viral")
                        .functionCounter()
                        .count())
                .isEqualTo(200);
    }

    @Test
    void aWindowThatChangesOneCountByOne_isWasted() {
        window(1, 990);
        window(1, 970);

        assertThat(metrics.efficacy().wastedWindows()).isEqualTo(2);
        assertThat(metrics.efficacy().heats())
                .containsEntry("cold", new Efficacy.Share(2, 2, 1, 20))
                .containsEntry("warm", new Efficacy.Share(0, 0, 0, 0));
    }
}
