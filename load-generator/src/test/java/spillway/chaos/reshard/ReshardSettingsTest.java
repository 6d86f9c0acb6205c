package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReshardSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "60, 1000, 20", // a third
        "60, 125, 40", // 5,000 writes
        "24, 100, 24", // all of it
    })
    void theYardstickIsOfEnoughWrites_butNoLongerThanWhatItMeasures(long length, int rate, long before) {
        ReshardSettings settings = new ReshardSettings(1, 1_000, rate, 0, Duration.ofSeconds(length), true, false);

        assertThat(settings.before()).isEqualTo(Duration.ofSeconds(before));
    }
}
