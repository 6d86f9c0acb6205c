package spillway.batcher.log;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import spillway.batcher.collapse.Heat;
import spillway.batcher.collapse.HeatTally;
import spillway.platform.counters.CounterFamily;

/** Adds up what became of one heat's operations. Thread-safe. */
final class HeatMeter {

    private final String name;
    private final LongAdder operations = new LongAdder();
    private final LongAdder posts = new LongAdder();
    private final LongAdder delayMillis = new LongAdder();

    HeatMeter(CounterFamily family, Heat heat, MeterRegistry meters) {
        this.name = heat.name().toLowerCase(Locale.ROOT);
        Tags tags = Tags.of("family", family.id(), "heat", name);
        FunctionCounter.builder("spillway.batcher.heat.operations", operations, LongAdder::sum)
                .tags(tags)
                .description("likes and unlikes applied, by how many their post had in the window")
                .register(meters);
        FunctionCounter.builder("spillway.batcher.heat.posts", posts, LongAdder::sum)
                .tags(tags)
                .description("counts written for them at most")
                .register(meters);
        FunctionTimer.builder(
                        "spillway.batcher.heat.delay",
                        this,
                        meter -> meter.operations.sum(),
                        meter -> meter.delayMillis.sum(),
                        TimeUnit.MILLISECONDS)
                .tags(tags)
                .description("from acceptance to application")
                .register(meters);
    }

    String name() {
        return name;
    }

    /** @param appliedAt milliseconds since the epoch */
    void add(HeatTally.Share share, long appliedAt) {
        if (share.operations() > 0) {
            operations.add(share.operations());
            posts.add(share.posts());
            delayMillis.add(Math.max(0, share.operations() * appliedAt - share.acceptedSum()));
        }
    }

    Efficacy.Share share() {
        return Efficacy.Share.of(operations.sum(), posts.sum(), delayMillis.sum());
    }
}
