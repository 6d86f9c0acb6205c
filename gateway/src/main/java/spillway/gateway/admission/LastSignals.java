package spillway.gateway.admission;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The last answers of a service's instances about its pressure, until they are too old to mean anything. Thread-safe.
 *
 * <p>Of several the worst counts. What lies behind the instances they share, and see alike; what only one of them has, a
 * producer whose buffer is full, fails its share of the requests, which a mean would hide.
 */
final class LastSignals {

    private final long forgetNanos;
    private final LongSupplier nanos;
    private final ConcurrentMap<URI, Heard> heard = new ConcurrentHashMap<>();

    LastSignals(Duration forget, LongSupplier nanos) {
        this.forgetNanos = forget.toNanos();
        this.nanos = nanos;
    }

    /** @param instance one of those that are configured */
    void hear(URI instance, Signals signals) {
        heard.put(instance, new Heard(signals, nanos.getAsLong()));
    }

    Signals now() {
        long now = nanos.getAsLong();
        return heard.values().stream()
                .filter(last -> now - last.at <= forgetNanos)
                .map(Heard::signals)
                .reduce(Signals.UNKNOWN, Signals::worse);
    }

    private record Heard(Signals signals, long at) {}
}
