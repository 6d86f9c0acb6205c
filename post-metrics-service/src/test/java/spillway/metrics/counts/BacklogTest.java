package spillway.metrics.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import spillway.platform.counters.CounterFamily;

class BacklogTest {

    private long now = 1;
    private int samples;
    private CompletionStage<Sample> next = CompletableFuture.failedFuture(new IllegalStateException("away"));

    private final Backlog backlog = new Backlog(
            family -> {
                samples++;
                return next;
            },
            () -> now);

    private Sample sample(long end, long applied) {
        return new Sample(new long[] {end, 0}, new long[][] {{applied, applied}, {-1, -1}}, now);
    }

    private void seconds(long elapsed) {
        now += TimeUnit.SECONDS.toNanos(elapsed);
    }

    @Test
    void recordsThatACountHasNotComeTo_arePending() {
        Sample sample = new Sample(new long[] {10, 5}, new long[][] {{9, 3}, {-1, 4}}, 0);

        assertThat(sample.pending(List.of(9L, -1L))).isEqualTo(5);
        assertThat(sample.pending(List.of(3L, 4L))).isEqualTo(6);
        assertThat(sample.pending(List.of(12L, 7L))).isZero();
        assertThat(sample.pending(List.of())).isZero();
        assertThat(sample.longest(0)).isEqualTo(6);
    }

    @Test
    void aFreshSample_isUsedAgain() {
        next = CompletableFuture.completedFuture(sample(10, 9));
        backlog.fresh(CounterFamily.LIKES).join();
        backlog.fresh(CounterFamily.LIKES).join();
        assertThat(samples).isEqualTo(1);

        seconds(1);
        backlog.fresh(CounterFamily.LIKES).join();
        assertThat(samples).isEqualTo(2);
    }

    @Test
    void anAgeingSample_isRenewed_andNobodyWaitsForIt() {
        next = CompletableFuture.completedFuture(sample(10, 9));
        backlog.fresh(CounterFamily.LIKES).join();
        now += Backlog.RENEWED.toNanos() - 1;
        backlog.fresh(CounterFamily.LIKES).join();
        assertThat(samples).isEqualTo(1);

        next = new CompletableFuture<>();
        now += 1;
        assertThat(backlog.fresh(CounterFamily.LIKES)).isCompleted();
        assertThat(backlog.fresh(CounterFamily.LIKES)).isCompleted();
        assertThat(samples).isEqualTo(2);

        now += Backlog.FRESH.toNanos();
        assertThat(backlog.fresh(CounterFamily.LIKES)).isNotDone();
        assertThat(samples).isEqualTo(2);
    }

    @Test
    void whatCannotBeSampled_isNotKnown() {
        assertThat(backlog.fresh(CounterFamily.LIKES).join()).isEmpty();

        next = CompletableFuture.completedFuture(sample(10, 9));
        assertThat(backlog.fresh(CounterFamily.LIKES).join()).isPresent();
    }

    @Test
    void afterOneHasWaitedInVain_nobodyWaits_untilASampleHasCome() {
        CompletableFuture<Sample> late = new CompletableFuture<>();
        next = late;
        assertThat(backlog.fresh(CounterFamily.LIKES).join()).isEmpty();

        assertThat(backlog.fresh(CounterFamily.LIKES)).isCompletedWithValue(Optional.empty());
        assertThat(samples).as("the one that is under way is waited for").isEqualTo(1);

        late.complete(sample(10, 9));
        assertThat(backlog.fresh(CounterFamily.LIKES)).isCompletedWithValueMatching(Optional::isPresent);
        seconds(1);
        next = new CompletableFuture<>();
        assertThat(backlog.fresh(CounterFamily.LIKES))
                .as("whoever asks waits again")
                .isNotDone();
    }

    @Test
    void aSampleThatFailed_isTakenAnew_andNobodyWaitsForIt() {
        assertThat(backlog.fresh(CounterFamily.LIKES).join()).isEmpty();

        next = new CompletableFuture<>();
        assertThat(backlog.fresh(CounterFamily.LIKES)).isCompletedWithValue(Optional.empty());
        assertThat(samples).isEqualTo(2);
    }

    @Test
    void whileOneSampleIsUnderWay_nobodyTakesAnother() {
        CompletableFuture<Sample> slow = new CompletableFuture<>();
        next = slow;
        CompletableFuture<?> one = backlog.fresh(CounterFamily.LIKES);
        CompletableFuture<?> two = backlog.fresh(CounterFamily.LIKES);
        slow.complete(sample(10, 9));

        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(samples).isEqualTo(1);
    }

    @Test
    void aDrainedLog_takesOneWindow() {
        next = CompletableFuture.completedFuture(sample(10, 9));
        backlog.fresh(CounterFamily.LIKES).join();

        assertThat(backlog.drainMillis(CounterFamily.LIKES, 0)).isEqualTo(300);
    }

    @Test
    void aBacklog_takesAsLongAsItsDrainRateSays() {
        next = CompletableFuture.completedFuture(sample(1_000_000, -1));
        backlog.fresh(CounterFamily.LIKES).join();
        assertThat(backlog.drainMillis(CounterFamily.LIKES, 0)).isEqualTo(300 + 100_000);

        seconds(1);
        next = CompletableFuture.completedFuture(sample(1_000_000, 99_999));
        backlog.fresh(CounterFamily.LIKES).join();
        assertThat(backlog.drainMillis(CounterFamily.LIKES, 0)).isLessThan(40_000);
    }
}
