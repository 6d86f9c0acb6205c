package spillway.load.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.load.limit.LimitSearch.Bounds;

/** Searches of a known limit, on a clock that only trials move. */
class LimitSearchTest {

    private static final long TRIAL_NANOS = Duration.ofSeconds(8).toNanos();

    private long now;

    @ParameterizedTest
    @ValueSource(doubles = {1, 7, 99, 100, 101, 1_234, 49_999})
    void theLimit_isFoundToWithinTheCloseness(double limit) {
        Limit<Boolean> found = search(100, 50_000, Duration.ofHours(1), limit);

        assertThat(found.passed().orElseThrow()).isLessThanOrEqualTo(limit);
        assertThat(found.failed().orElseThrow()).isGreaterThan(limit);
        assertThat(found.failed().orElseThrow() / found.passed().orElseThrow()).isLessThanOrEqualTo(1.05);
    }

    @Test
    void theRate_doublesUntilOneFails() {
        Limit<Boolean> found = search(100, 50_000, Duration.ofSeconds(5 * 8), 900);

        assertThat(found.trials()).extracting(Limit.Trial::rate).containsExactly(100.0, 200.0, 400.0, 800.0, 1_600.0);
        assertThat(found.passed()).hasValue(800);
        assertThat(found.failed()).hasValue(1_600);
    }

    @Test
    void noTrialBegins_thatWouldEndTooLate() {
        search(100, 50_000, Duration.ofSeconds(30), 900);

        assertThat(now).isEqualTo(3 * TRIAL_NANOS);
    }

    @Test
    void whatCarriesTheHighestRateOfAll_neverFails() {
        Limit<Boolean> found = search(100, 500, Duration.ofHours(1), 1e9);

        assertThat(found.passed()).hasValue(500);
        assertThat(found.failed()).isEmpty();
    }

    @Test
    void whatCarriesNothing_hasNoLimit() {
        Limit<Boolean> found = search(100, 500, Duration.ofHours(1), 0);

        assertThat(found.passed()).isEmpty();
        assertThat(found.failed()).hasValue(1);
    }

    @Test
    void aPassAboveAFailure_isNotBelieved() {
        Limit<Boolean> found = new Limit<>(List.of(
                new Limit.Trial<>(100, true, true),
                new Limit.Trial<>(200, false, false),
                new Limit.Trial<>(400, true, true)));

        assertThat(found.passed()).hasValue(100);
    }

    @Test
    void aTrialThatEndsTheSearch_isTheLast() {
        Limit<Boolean> found = new LimitSearch(new Bounds(100, 1_000, 1.05, Duration.ofHours(1)), () -> now)
                .search(rate -> true, passed -> passed, passed -> true);

        assertThat(found.trials()).hasSize(1);
    }

    @Test
    void boundsThatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new Bounds(0.5, 100, 1.05, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(200, 100, 1.05, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(10, 100, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Limit<Boolean> search(double start, double most, Duration patience, double limit) {
        return new LimitSearch(new Bounds(start, most, 1.05, patience), () -> now)
                .search(
                        rate -> {
                            now += TRIAL_NANOS;
                            return rate <= limit;
                        },
                        passed -> passed,
                        passed -> false);
    }
}
