package spillway.lab.estimate;

/** How close to its limit a system can be run. */
final class Ceilings {

    /** The part of the processors at which latencies leave the ladder's thresholds. */
    static final double USABLE = 0.95;

    /** How full a design may be at its peak: room for a failed instance, a slow disk, and a wrong estimate. */
    static final double COMFORTABLE = 0.6;

    private Ceilings() {}
}
