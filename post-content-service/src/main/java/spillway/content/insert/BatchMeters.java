package spillway.content.insert;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What batches tell of themselves, over all shards. */
final class BatchMeters {

    private final DistributionSummary rows;
    private final Timer waits;

    /**
     * @param what is inserted
     * @param maxWait the longest wait there is
     */
    BatchMeters(String what, MeterRegistry meters, Duration maxWait) {
        this.rows = DistributionSummary.builder("spillway.content.insert.rows")
                .tag("of", what)
                .description("Inserts per transaction")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
                .register(meters);
        this.waits = Timer.builder("spillway.content.insert.waited")
                .tag("of", what)
                .description("Time that inserts waited for their transaction to begin")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250))
                .maximumExpectedValue(maxWait)
                .register(meters);
    }

    void sent(int count) {
        rows.record(count);
    }

    void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }
}
