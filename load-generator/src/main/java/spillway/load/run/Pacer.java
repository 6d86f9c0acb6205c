package spillway.load.run;

import java.util.Iterator;
import spillway.load.plan.Planned;

/**
 * Walks a plan in time: each operation is handed over at its instant, whatever became of those before (an open loop).
 * When the pacer itself is late, it hands over at once what is due and says how late it was; the intended instant stays
 * what latency is counted from.
 */
final class Pacer {

    private final Clock clock;

    Pacer(Clock clock) {
        this.clock = clock;
    }

    /** Takes an operation at its instant; must not block. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param intendedNanos the instant by the clock at which the operation was due
         * @param lagNanos how much later than that it is now
         */
        void take(Planned planned, long intendedNanos, long lagNanos);
    }

    void walk(Iterator<Planned> plan, Taker taker) {
        long start = clock.nanoTime();
        while (plan.hasNext()) {
            Planned planned = plan.next();
            long intended = start + planned.atNanos();
            clock.awaitNanos(intended);
            taker.take(planned, intended, clock.nanoTime() - intended);
        }
    }
}
