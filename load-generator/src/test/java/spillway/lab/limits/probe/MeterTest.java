package spillway.lab.limits.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import spillway.lab.stack.Part;

class MeterTest {

    private static final Window WINDOW = Window.of(Duration.ofMillis(40));

    @Test
    void theCpuTimeOfTheServers_isSharedAmongTheOperations() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Meter meter = new Meter(WINDOW, part -> Duration.ofMillis(100L * asked.getAndIncrement()));
        Reading reading;
        try (Crew crew = Crew.of(1, thread -> MeterTest::everyMillisecond)) {
            reading = meter.read(crew.tally(), Set.of(Part.REDIS));
        }

        double operations = 3 * 0.040 * reading.rate();
        assertThat(reading.serverCpuMicros() * operations).isBetween(50_000.0, 200_000.0);
    }

    private static void everyMillisecond(Tally tally) {
        LockSupport.parkNanos(1_000_000);
        tally.add(1);
    }

    @Test
    void workThatFails_endsTheReadingAtOnce() throws Exception {
        Meter meter = new Meter(Window.of(Duration.ofMinutes(1)), part -> Duration.ZERO);

        try (Crew crew = Crew.of(1, thread -> tally -> {
            throw new IOException("broken");
        })) {
            assertThatThrownBy(() -> meter.read(crew.tally(), Set.of()))
                    .isInstanceOf(ProbeFailure.class)
                    .satisfies(
                            failure -> assertThat(ProbeFailure.reason(failure)).isEqualTo("broken"));
        }
    }

    @Test
    void workThatDoesNotMove_isNoRate() {
        Meter meter = new Meter(WINDOW, part -> Duration.ZERO);

        assertThatThrownBy(() -> meter.read(new Tally(), Set.of()))
                .hasMessageContaining("nothing was done: 0 in 9 slices");
    }

    @Test
    void workThatStoodStillForAWindow_isReadInTheNext() throws Exception {
        Meter meter = new Meter(WINDOW, part -> Duration.ZERO);
        long until = System.nanoTime() + Duration.ofMillis(4 * 40).toNanos(); // the warm-up and its three slices
        Reading reading;
        try (Crew crew = Crew.of(1, thread -> tally -> {
            if (System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            } else {
                everyMillisecond(tally);
            }
        })) {
            reading = meter.read(crew.tally(), Set.of());
        }

        assertThat(reading.rate()).isPositive();
    }

    @Test
    void whenOneStepCannotBeOpened_thoseBeforeItAreClosed() {
        AtomicInteger closed = new AtomicInteger();

        assertThatThrownBy(() -> Crew.of(3, thread -> {
                    if (thread == 2) {
                        throw new IOException("no third");
                    }
                    return new Closing(closed);
                }))
                .hasMessage("no third");

        assertThat(closed).hasValue(2);
    }

    private record Closing(AtomicInteger closed) implements Crew.Step {

        @Override
        public void once(Tally tally) {
            Thread.onSpinWait();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
