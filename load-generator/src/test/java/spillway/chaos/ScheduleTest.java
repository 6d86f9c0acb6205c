package spillway.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofMillis(5_500);

    @Test
    void theSameSeed_makesTheSameSchedule_andAnotherSeedAnother() {
        assertThat(draw(7)).isEqualTo(draw(7)).isNotEqualTo(draw(8));
    }

    @Test
    void tenMinutes_holdAHundredFaults_ofEveryKind() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(draw(seed).strikes()).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(100);
        }
        assertThat(draw(42).strikes().stream().map(Strike::fault).distinct()).hasSize(Fault.values().length);
    }

    @Test
    void faultsComeInOrder_andEndWithTheStorm() {
        List<Strike> strikes = draw(42).strikes();

        assertThat(strikes).extracting(Strike::at).isSorted();
        assertThat(strikes.getLast().at()).isLessThan(TEN_MINUTES);
    }

    @Test
    void weights_decideHowOftenAFaultIsDrawn() {
        Map<Fault, Integer> weights = Fault.weights(List.of("zombie=3", "reset=1"));

        List<Strike> strikes =
                Schedule.draw(1, TEN_MINUTES.multipliedBy(10), EVERY, weights).strikes();

        assertThat(strikes).extracting(Strike::fault).containsOnly(Fault.ZOMBIE, Fault.RESET);
        assertThat(strikes.stream()
                        .filter(strike -> strike.fault() == Fault.ZOMBIE)
                        .count())
                .isBetween(strikes.size() * 65L / 100, strikes.size() * 85L / 100);
    }

    @Test
    void aFaultThatDoesNotExist_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.weights(List.of("kill-moon")))
                .withMessageContaining("kill-moon");
    }

    private static Schedule draw(long seed) {
        return Schedule.draw(seed, TEN_MINUTES, EVERY, new EnumMap<>(Fault.allWeights()));
    }
}
