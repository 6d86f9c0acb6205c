package spillway.gateway.admission;

/**
 * A proportional-integral controller from pressure to a level. Pressure is what is measured over its goal: above 1 the level
 * rises, below it falls.
 *
 * <p>What is behind comes in two kinds, which oscillate under each other's gains. A backlog grows for as long as too much is
 * let in, so it integrates by itself: it needs a strong proportional part, which answers its growth, and little more. A time
 * or a share of refusals follows at once: a strong proportional part would answer each tick's noise, and the integral does
 * the work.
 *
 * <p>It does not wind up: the integral stays within the level's range, and the error is cut, so that a store that has been
 * away for a minute is forgotten as fast as one that was away for a second. It is not thread-safe.
 */
final class Correction {

    private static final double MOST_ABOVE = 3;

    private final double highest;
    private final double proportional;
    private final double integrating;
    private double integral;

    private Correction(double highest, double proportional, double integrating) {
        this.highest = highest;
        this.proportional = proportional;
        this.integrating = integrating;
    }

    static Correction ofBacklog(double highest) {
        return new Correction(highest, 2.5, 0.5);
    }

    static Correction ofTimes(double highest) {
        return new Correction(highest, 0.3, 1);
    }

    /** The level after so many seconds under this pressure, 0 or more. */
    double after(double seconds, double pressure) {
        double error = Math.clamp(pressure - 1, -1, MOST_ABOVE);
        integral = Math.clamp(integral + integrating * error * seconds, 0, highest);
        return Math.clamp(integral + proportional * error, 0, highest);
    }
}
