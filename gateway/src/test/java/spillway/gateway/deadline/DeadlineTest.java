package spillway.gateway.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private long now = Long.MAX_VALUE - 5;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "250, 250",
        "60000, 60000",
        "60001, 60000",
        "007, 7",
        "9223372036854775808, 60000",
        "99999999999999999999999999999999999999, 60000"
    })
    void wholeNumberAboveZero_isTaken_upToAMinute(String value, int millis) {
        assertThat(Deadline.parse(List.of(value))).isEqualTo(OptionalInt.of(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "1.5", "1e3", "1s", " 1", "0x10", "٣", "NaN", "000"})
    void anythingElse_isNotTaken(String value) {
        assertThat(Deadline.parse(List.of(value))).isEmpty();
    }

    @Test
    void twoDeadlines_areNone() {
        assertThat(Deadline.parse(List.of("10", "20"))).isEmpty();
    }

    @Test
    void deadlineOf2Millis_passesAfter2Millis_alsoWhereTheClockWraps() {
        Deadline deadline = Deadline.in(2, () -> now);

        assertThat(deadline.left(() -> now, Duration.ofDays(1))).isEqualTo(Duration.ofMillis(2));
        now += TimeUnit.MILLISECONDS.toNanos(2) - 1;
        assertThat(deadline.hasPassed(() -> now)).isFalse();
        now++;
        assertThat(deadline.hasPassed(() -> now)).isTrue();
        assertThat(deadline.left(() -> now, Duration.ofDays(1))).isZero();
    }

    @Test
    void noDeadline_neverPasses() {
        assertThat(Deadline.NONE.hasPassed(() -> now)).isFalse();
        assertThat(Deadline.NONE.left(() -> now, Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(8));
    }
}
