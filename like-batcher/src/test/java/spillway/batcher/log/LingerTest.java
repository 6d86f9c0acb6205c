package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LingerTest {

    private static final Duration LONGEST = Duration.ofMillis(250);

    private long now;
    private final Linger linger = new Linger(LONGEST, 1_000, 10_000, () -> now);

    private void passes(Duration time) {
        now += time.toNanos();
    }

    /** Traffic at an even rate for a while, as a consumer meets it that always waits as it is told. */
    private Duration underALoadOf(int perSecond) {
        Duration wait = Duration.ZERO;
        for (int cycle = 0; cycle < 50; cycle++) {
            // The fetch from before the wait brings one record; the poll after it what came meanwhile.
            passes(wait);
            assertThat(linger.after(1)).isLessThanOrEqualTo(LONGEST);
            Duration between = Duration.ofMillis(Math.max(1, 1_000 / perSecond));
            passes(between);
            wait = linger.after((int) (wait.plus(between).toMillis() * perSecond / 1_000));
        }
        return wait;
    }

    @Test
    void aLoneLike_waitsForNobody() {
        for (int like = 0; like < 10; like++) {
            passes(Duration.ofSeconds(1));
            assertThat(linger.after(1)).isLessThan(Duration.ofMillis(1));
        }
    }

    @Test
    void twoLikesAtOnce_areNoFlood() {
        passes(Duration.ofSeconds(10));
        var unused = linger.after(1);
        passes(Duration.ofNanos(100_000));

        assertThat(linger.after(1)).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void theMoreCome_theLongerTheyGather_upToTheBound() {
        Duration little = underALoadOf(50);
        Duration some = underALoadOf(500);
        Duration much = underALoadOf(20_000);

        assertThat(little).isBetween(Duration.ofMillis(1), Duration.ofMillis(40));
        assertThat(some).isBetween(little, LONGEST);
        assertThat(much).isEqualTo(LONGEST);
    }

    @Test
    void whatAFetchFoundBeforeTheWait_doesNotBeginAnotherWait() {
        underALoadOf(20_000);
        passes(LONGEST);

        assertThat(linger.after(1)).isZero();
        assertThat(linger.after(5_000)).isPositive();
    }

    @Test
    void afterALoad_aLoneLikeWaitsForNobodyAgain() {
        underALoadOf(20_000);
        for (int like = 0; like < 5; like++) {
            passes(Duration.ofSeconds(5));
            var unused = linger.after(1);
        }
        passes(Duration.ofSeconds(5));

        assertThat(linger.after(1)).isLessThan(Duration.ofMillis(10));
    }

    @Test
    void fullPolls_andOldRecords_areASignOfBeingBehind() {
        assertThat(linger.isBehind(10_000, Duration.ZERO)).isTrue();
        assertThat(linger.isBehind(1, Duration.ofSeconds(1))).isTrue();
        assertThat(linger.isBehind(9_999, Duration.ofMillis(500))).isFalse();
        assertThat(linger.isBehind(1, Duration.ofMillis(-5))).isFalse();
    }
}
