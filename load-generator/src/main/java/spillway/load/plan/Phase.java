package spillway.load.plan;

import java.time.Duration;

/**
 * A stretch of the run with one arrival rate.
 *
 * @param rate intended requests per second, averaged over the phase
 */
public record Phase(String name, Duration length, double rate) {

    public Phase {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a phase must last: " + length);
        }
        if (!(rate > 0)) {
            throw new IllegalArgumentException("a phase must have arrivals: " + rate);
        }
    }
}
