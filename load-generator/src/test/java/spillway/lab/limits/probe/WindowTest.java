package spillway.lab.limits.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import spillway.lab.stack.Part;

class WindowTest {

    @Test
    void aServerOnAJvm_isWarmedUpLonger() {
        Window window = Window.of(Duration.ofMillis(100));

        assertThat(window.warmUp(Set.of(Part.REDIS))).isEqualTo(Duration.ofMillis(100));
        assertThat(window.warmUp(Set.of(Part.KAFKA))).isEqualTo(Duration.ofMillis(500));
        assertThat(window.warmUp(Set.of(Part.GATEWAY, Part.METRICS))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void windowsThatFit_fillTheTimeWithWhatLiesAroundThem() {
        List<Probe> one = List.of(new FakeProbe(Quantity.REDIS_SADD, meter -> FakeProbe.READING));

        Window window = Window.fitting(Duration.ofMillis(4_500), one);

        assertThat(window.slice()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aTimeTooShortForAllProbes_isRefused() {
        List<Probe> one = List.of(new FakeProbe(Quantity.REDIS_SADD, meter -> FakeProbe.READING));

        assertThatThrownBy(() -> Window.fitting(Duration.ofMillis(400), one))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
