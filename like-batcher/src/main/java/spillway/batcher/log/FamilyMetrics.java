package spillway.batcher.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import spillway.platform.counters.CounterFamily;

/** What one family's readers did; the collapse ratio is {@code records / counter.writes}. */
final class FamilyMetrics {

    final Counter records;
    final Counter counterWrites;
    final Counter flushes;
    final Counter fenced;
    final Counter failed;
    final Counter deadLetters;

    private final InstantSource clock;

    /** From acceptance of a window's oldest record to its flush. */
    private final Timer age;

    FamilyMetrics(CounterFamily family, MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.records = counter(meters, "records", family);
        this.counterWrites = counter(meters, "counter.writes", family);
        this.flushes = counter(meters, "flushes", family);
        this.fenced = counter(meters, "flushes.fenced", family);
        this.failed = counter(meters, "flushes.failed", family);
        this.deadLetters = counter(meters, "dead.letters", family);
        this.age = Timer.builder("spillway.batcher.lag.age")
                .tag("family", family.id())
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    /** @param oldest when the oldest record of the flushed window was accepted, milliseconds since the epoch */
    void flushed(long oldest) {
        age.record(Duration.ofMillis(Math.max(clock.millis() - oldest, 0)));
    }

    private static Counter counter(MeterRegistry meters, String name, CounterFamily family) {
        return meters.counter("spillway.batcher." + name, "family", family.id());
    }
}
