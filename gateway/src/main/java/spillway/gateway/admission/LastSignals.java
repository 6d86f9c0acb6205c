package spillway.gateway.admission;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The last answer of a service about its pressure, until it is too old to mean anything. Thread-safe. */
final class LastSignals {

    private final long forgetNanos;
    private final LongSupplier nanos;
    private volatile Heard heard;

    LastSignals(Duration forget, LongSupplier nanos) {
        this.forgetNanos = forget.toNanos();
        this.nanos = nanos;
        this.heard = new Heard(Signals.UNKNOWN, nanos.getAsLong());
    }

    void hear(Signals signals) {
        heard = new Heard(signals, nanos.getAsLong());
    }

    Signals now() {
        Heard last = heard;
        return nanos.getAsLong() - last.at > forgetNanos ? Signals.UNKNOWN : last.signals;
    }

    private record Heard(Signals signals, long at) {}
}
