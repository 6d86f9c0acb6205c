package spillway.load.plan;

import java.time.Duration;

/**
 * A stretch of the run with one arrival rate.
 *
 * @param rate intended requests per second, averaged over the phase
 * @param warmUp whether its latencies stay out of the run's: the system is cold, or the traffic is not what is measured.
 *     What it writes counts like anything else
 */
public record Phase(String name, Duration length, double rate, boolean warmUp) {

    public Phase(String name, Duration length, double rate) {
        this(name, length, rate, false);
    }

    public static Phase warmUp(String name, Duration length, double rate) {
        return new Phase(name, length, rate, true);
    }

    public Phase {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a phase must last: " + length);
        }
        if (!(rate > 0)) {
            throw new IllegalArgumentException("a phase must have arrivals: " + rate);
        }
    }
}
