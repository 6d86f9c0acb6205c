package spillway.gateway.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private long now = Long.MAX_VALUE - 5;

    @Test
    void deadlineOf2Millis_passesAfter2Millis_alsoWhereTheClockWraps() {
        Deadline deadline = Deadline.in(Duration.ofMillis(2), () -> now);

        assertThat(deadline.left(() -> now, Duration.ofDays(1))).isEqualTo(Duration.ofMillis(2));
        now += TimeUnit.MILLISECONDS.toNanos(2) - 1;
        assertThat(deadline.hasPassed(() -> now)).isFalse();
        now++;
        assertThat(deadline.hasPassed(() -> now)).isTrue();
        assertThat(deadline.left(() -> now, Duration.ofDays(1))).isZero();
    }

    @Test
    void theLaterOfTwo_alsoWhereTheClockWraps() {
        Deadline soon = Deadline.in(Duration.ofNanos(2), () -> now);
        Deadline later = Deadline.in(Duration.ofNanos(20), () -> now);

        assertThat(soon.later(later)).isEqualTo(later);
        assertThat(later.later(soon)).isEqualTo(later);
        assertThat(later.later(Deadline.NONE)).isEqualTo(Deadline.NONE);
        assertThat(Deadline.NONE.later(soon)).isEqualTo(Deadline.NONE);
    }

    @Test
    void aServiceIsTold_wholeMilliseconds_atLeastOne_andAtMostAMinute() {
        assertThat(Deadline.in(Duration.ofNanos(2_900_000), () -> now).millisLeft(() -> now))
                .isEqualTo(2);
        assertThat(Deadline.in(Duration.ofNanos(2), () -> now).millisLeft(() -> now))
                .isEqualTo(1);
        assertThat(Deadline.in(Duration.ofMinutes(2), () -> now).millisLeft(() -> now))
                .isEqualTo(60_000);
    }

    @Test
    void noDeadline_neverPasses() {
        assertThat(Deadline.NONE.hasPassed(() -> now)).isFalse();
        assertThat(Deadline.NONE.left(() -> now, Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(8));
    }
}
