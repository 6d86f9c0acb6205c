package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongWindowTest {

    @ParameterizedTest
    @CsvSource({"1, 250, 1.25", "1, 60000, 61", "100, 1000, 101", "0.0002777, 60000, 1.0167"})
    void theCollapseRatio_isOneAndWhatComesWithinAWindow(double perSecond, long millis, double expected) {
        double ratio = LongWindow.collapseRatio(perSecond, Duration.ofMillis(millis), 20_000, new SplittableRandom(7));

        assertThat(ratio).isCloseTo(expected, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @CsvSource({"1.0, FALSE", "1.1, FALSE", "1.2, DEPENDS", "2.0, TRUE", "61, TRUE"})
    void aWindowHelps_whenItHalvesTheWrites_andDoesNotBelowATenth(double ratio, Verdict verdict) {
        assertThat(LongWindow.judge(List.of(), ratio).verdict()).isEqualTo(verdict);
    }

    @Test
    void thePostWithOneLikeAnHour_isNotHelped() {
        assertThat(new LongWindow(new SplittableRandom(1)).examine().verdict()).isEqualTo(Verdict.FALSE);
    }
}
