package spillway.content.shard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What operators see of one shard's isolation. Thread-safe. */
final class ShardMeters {

    private final Counter away;
    private final Counter full;
    private final Counter opened;

    ShardMeters(int shard, Breaker breaker, MeterRegistry meters) {
        String number = Integer.toString(shard);
        Gauge.builder("spillway.content.shard.away", breaker, b -> b.isClosed() ? 0 : 1)
                .tag("shard", number)
                .description("1 while callers are refused because the shard does not answer")
                .register(meters);
        this.away = refused(number, "away", meters);
        this.full = refused(number, "full", meters);
        this.opened = Counter.builder("spillway.content.shard.opened")
                .tag("shard", number)
                .description("Times that the shard's breaker opened")
                .register(meters);
    }

    private static Counter refused(String shard, String reason, MeterRegistry meters) {
        return Counter.builder("spillway.content.shard.refused")
                .tag("shard", shard)
                .tag("reason", reason)
                .description("Callers refused at once: the shard is away, or too many wait for it")
                .register(meters);
    }

    void refusedWhileAway() {
        away.increment();
    }

    void refusedWhileFull() {
        full.increment();
    }

    void opened() {
        opened.increment();
    }
}
