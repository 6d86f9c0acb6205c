package spillway.batcher.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import spillway.batcher.collapse.Heat;
import spillway.batcher.collapse.HeatTally;
import spillway.batcher.collapse.PartitionBatch.Flushed;
import spillway.platform.counters.CounterFamily;

/** What one family's readers did; the collapse ratio is {@code records / counter.writes}. Thread-safe. */
final class FamilyMetrics {

    final Counter fenced;
    final Counter failed;
    final Counter deadLetters;

    /** Partitions on their way from the beginning of the log to where it ended when that began. */
    final AtomicInteger countedAgain;

    private final InstantSource clock;
    private final Counter records;
    private final Counter counterWrites;
    private final Counter flushes;
    private final Counter wasted;
    private final Map<Heat, HeatMeter> heats = new EnumMap<>(Heat.class);

    /** From acceptance of a window's oldest record to its flush. */
    private final Timer age;

    FamilyMetrics(CounterFamily family, MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.records = counter(meters, "records", family);
        this.counterWrites = counter(meters, "counter.writes", family);
        this.flushes = counter(meters, "flushes", family);
        this.wasted = counter(meters, "flushes.wasted", family);
        this.fenced = counter(meters, "flushes.fenced", family);
        this.failed = counter(meters, "flushes.failed", family);
        this.countedAgain = Objects.requireNonNull(
                meters.gauge("spillway.batcher.counted.again", Tags.of("family", family.id()), new AtomicInteger()));
        this.deadLetters = counter(meters, "dead.letters", family);
        for (Heat heat : Heat.values()) {
            heats.put(heat, new HeatMeter(family, heat, meters));
        }
        this.age = Timer.builder("spillway.batcher.lag.age")
                .tag("family", family.id())
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    /**
     * A window has arrived.
     *
     * @param taken records of the window, skipped and poisonous ones included
     * @param oldest when the first of them was accepted, milliseconds since the epoch
     */
    void flushed(int taken, long oldest, Flushed.Done done) {
        long now = clock.millis();
        flushes.increment();
        records.increment(taken);
        counterWrites.increment(done.counterWrites());
        if (taken == 1 && done.counterWrites() == 1) {
            wasted.increment();
        }
        HeatTally tally = done.tally();
        heats.forEach((heat, meter) -> meter.add(tally.of(heat), now));
        age.record(Duration.ofMillis(Math.max(now - oldest, 0)));
    }

    /** How long ago something was accepted, negative if clocks disagree. */
    Duration age(long acceptedAt) {
        return Duration.ofMillis(clock.millis() - acceptedAt);
    }

    /** What batching has brought so far. */
    Efficacy efficacy() {
        Map<String, Efficacy.Share> shares = new HashMap<>();
        heats.values().forEach(meter -> shares.put(meter.name(), meter.share()));
        return new Efficacy((long) flushes.count(), (long) wasted.count(), shares);
    }

    private static Counter counter(MeterRegistry meters, String name, CounterFamily family) {
        return meters.counter("spillway.batcher." + name, "family", family.id());
    }
}
