package spillway.load.run;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import spillway.load.plan.Planned;

/**
 * Walks a plan in time: each operation is handed over at its instant, whatever became of those before (an open loop).
 * When the pacer itself is late, it hands over at once what is due; the intended instant stays what lag and latency are
 * counted from.
 */
final class Pacer {

    private final Clock clock;

    Pacer(Clock clock) {
        this.clock = clock;
    }

    /** Takes an operation at its instant; must not block. */
    @FunctionalInterface
    interface Taker {
        /** @param intendedNanos the instant by the clock at which the operation was due */
        void take(Planned planned, long intendedNanos);
    }

    /** @param over ends the walk early */
    void walk(Iterator<Planned> plan, Taker taker, BooleanSupplier over) {
        long start = clock.nanoTime();
        while (plan.hasNext() && !over.getAsBoolean()) {
            Planned planned = plan.next();
            long intended = start + planned.atNanos();
            clock.awaitNanos(intended);
            taker.take(planned, intended);
        }
    }
}
