package spillway.load.plan;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The instants of a Poisson process whose rate follows the phases: independent users do not take turns, so gaps between
 * arrivals are exponential and arrivals bunch up as they do in life. The process has no memory, which is why starting
 * afresh at each phase's beginning keeps the rate exact.
 *
 * <p>Within a phase arrivals come at the peak's rate and each is kept with the probability rate / peak (thinning, Lewis
 * and Shedler 1979). Not thread-safe.
 */
public final class Arrivals {

    private static final double NANOS = 1e9;

    private final List<Phase> phases;
    private final RandomGenerator random;
    private int phase;
    private double phaseStart;
    private double at;

    public Arrivals(List<Phase> phases, RandomGenerator random) {
        this.phases = List.copyOf(phases);
        this.random = random;
    }

    /** The next arrival in nanoseconds after the start, or -1 after the last phase. */
    public long next() {
        while (phase < phases.size()) {
            Phase current = phases.get(phase);
            double length = current.length().toNanos();
            double peak = current.curve().peak();
            at += random.nextExponential() * NANOS / peak;
            if (at >= phaseStart + length) {
                phase++;
                phaseStart += length;
                at = phaseStart;
                continue;
            }
            double rate = current.curve().at((at - phaseStart) / length);
            if (rate >= peak || random.nextDouble() * peak < rate) {
                return (long) at;
            }
        }
        return -1;
    }

    /** The phase of the last arrival. */
    Phase phase() {
        return phases.get(phase);
    }
}
