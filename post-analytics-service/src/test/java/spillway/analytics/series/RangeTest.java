package spillway.analytics.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RangeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

    @Test
    void wholeSteps_coverWhatWasAskedFor() {
        Range range = Range.covering(at("10:00:30"), at("10:02:00"), Step.MINUTE, NOW);
        assertThat(range).isEqualTo(new Range(at("10:00:00"), at("10:02:00"), Step.MINUTE));
    }

    @Test
    void bothEndsMissing_isTheLastHour() {
        assertThat(Range.covering(null, null, Step.MINUTE, NOW))
                .isEqualTo(new Range(at("11:34:00"), at("12:35:00"), Step.MINUTE));
    }

    @Test
    void minutesOfADay_areAllowed_andNotASecondMore() {
        Instant dayBefore = NOW.minusSeconds(86_400);
        assertThat(Range.covering(dayBefore, NOW, Step.MINUTE, NOW).points(new TreeMap<>()))
                .hasSize(24 * 60 + 1);
        assertThatThrownBy(() -> Range.covering(dayBefore.minusSeconds(1), NOW, Step.MINUTE, NOW))
                .isInstanceOf(BadSeries.class);
    }

    @Test
    void tomorrowsTomorrow_isRefused() {
        assertThatThrownBy(() -> Range.covering(null, NOW.plusSeconds(2 * 86_400), Step.HOUR, NOW))
                .isInstanceOf(BadSeries.class);
    }

    @Test
    void pointOfAnHour_isTheSumOfItsMinutes_andEmptyHoursAreZero() {
        Range range = new Range(at("10:00:00"), at("12:00:00"), Step.HOUR);
        TreeMap<Instant, Long> perMinute =
                new TreeMap<>(Map.of(at("10:00:00"), 2L, at("10:59:00"), 3L, at("12:00:00"), 100L));
        assertThat(range.points(perMinute))
                .containsExactly(new Range.Point(at("10:00:00"), 5), new Range.Point(at("11:00:00"), 0));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-01T" + time + "Z");
    }
}
