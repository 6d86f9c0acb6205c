package spillway.load.plan;

import java.time.Duration;

/**
 * A named stretch of the run.
 *
 * @param curve its intended arrivals per second
 */
public record Phase(String name, Duration length, Curve curve, Kind kind) {

    public enum Kind {
        /**
         * Its latencies stay out of the run's: the system is cold, or the traffic is not what is measured. What it writes
         * counts like anything else.
         */
        WARM_UP,
        CALM,
        /** More people than usual are here, and they came for something. */
        SURGE
    }

    public Phase(String name, Duration length, double rate) {
        this(name, length, new Curve.Flat(rate), Kind.CALM);
    }

    public static Phase warmUp(String name, Duration length, double rate) {
        return new Phase(name, length, new Curve.Flat(rate), Kind.WARM_UP);
    }

    public static Phase surge(String name, Duration length, Curve curve) {
        return new Phase(name, length, curve, Kind.SURGE);
    }

    public Phase {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a phase must last: " + length);
        }
        if (!(curve.mean() > 0)) {
            throw new IllegalArgumentException("a phase must have arrivals: " + curve);
        }
    }

    /** Intended requests per second, averaged over the phase. */
    public double rate() {
        return curve.mean();
    }

    public boolean warmUp() {
        return kind == Kind.WARM_UP;
    }
}
