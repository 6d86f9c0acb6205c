package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LastSignalsTest {

    private static final URI ONE = URI.create("http://127.0.0.1:1");
    private static final URI OTHER = URI.create("http://127.0.0.1:2");

    private final AtomicLong nanos = new AtomicLong(5);
    private final LastSignals last = new LastSignals(Duration.ofSeconds(2), nanos::get);

    private static Signals signals(@Nullable Double producerBuffer, @Nullable Double drainPerSecond) {
        return new Signals(producerBuffer, 100.0, 10.0, drainPerSecond, null, null, null);
    }

    @Test
    void ofTwoInstances_theWorstOfEachSignalCounts() {
        last.hear(ONE, signals(0.9, 500.0));
        last.hear(OTHER, signals(0.1, 200.0));

        assertThat(last.now()).isEqualTo(signals(0.9, 200.0));
    }

    @Test
    void whatOnlyOneInstanceKnows_counts() {
        last.hear(ONE, signals(null, 500.0));
        last.hear(OTHER, signals(0.1, null));

        assertThat(last.now()).isEqualTo(signals(0.1, 500.0));
    }

    @Test
    void anInstanceThatFallsSilent_isForgotten_andTheOtherIsNot() {
        last.hear(ONE, signals(0.9, 500.0));
        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        last.hear(OTHER, signals(0.1, 200.0));
        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());

        assertThat(last.now()).isEqualTo(signals(0.1, 200.0));

        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        assertThat(last.now()).isEqualTo(Signals.UNKNOWN);
    }
}
