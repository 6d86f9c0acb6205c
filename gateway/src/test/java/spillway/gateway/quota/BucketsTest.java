package spillway.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Rate TEN_AND_BURSTS_OF_A_HUNDRED = new Rate(10, 100);
    private static final int MOST_KEYS = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final Buckets buckets = new Buckets(TEN_AND_BURSTS_OF_A_HUNDRED, MOST_KEYS, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aBurst_isAdmitted_andTheNextRequestIsToldWhenToComeBack() {
        assertThat(admitted(7, 100)).isEqualTo(100);

        Verdict refused = buckets.take(7);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(Duration.ofNanos(refused.waitNanos())).isEqualTo(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(refused.resetNanos())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void asManyAsTheRateSays_areAdmittedPerSecondAfterABurst() {
        admitted(7, 100);

        pass(Duration.ofSeconds(1));

        assertThat(admitted(7, 100)).isEqualTo(10);
    }

    @Test
    void oneKeysRequests_takeNothingFromAnother() {
        admitted(7, 1_000);

        assertThat(admitted(8, 100)).isEqualTo(100);
    }

    @Test
    void aMillionKeys_areNotRemembered() {
        LongStream.range(0, 1_000_000).forEach(buckets::take);

        assertThat(buckets.size()).isLessThanOrEqualTo(MOST_KEYS);
    }

    @Test
    void aKeyThatKeepsComing_isNotFreedByAFloodOfOthers() {
        admitted(7, 1_000);

        long admitted = LongStream.range(0, 1_000_000)
                .filter(other -> {
                    buckets.take(1_000 + other);
                    return other % 10 == 0 && buckets.admits(7);
                })
                .count();

        assertThat(admitted).isZero();
    }

    /** Or a flood of keys would be worth a burst to each of them, again and again. */
    @Test
    void aKeyThatWasForgotten_comesBackWithASecondsRequests_notWithABurst() {
        admitted(7, 100);
        LongStream.range(0, 1_000_000).forEach(buckets::take);

        assertThat(admitted(7, 100)).isLessThanOrEqualTo(10);
    }

    @Test
    void aBucketThatFilledUpAgain_isForgotten() {
        admitted(7, 100);

        pass(Duration.ofSeconds(11));
        buckets.take(8);

        assertThat(buckets.size()).isEqualTo(1);
        assertThat(admitted(7, 200)).isEqualTo(100);
    }

    private long admitted(long key, int requests) {
        return LongStream.range(0, requests)
                .filter(i -> buckets.take(key).admitted())
                .count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
