package spillway.lab.estimate;

/** How close to its limit a system can be run. */
final class Ceilings {

    /** Above this part of the processors queues grow faster than the measured thresholds allow. */
    static final double USABLE = 0.9;

    /** How full a design may be at its peak: room for a failed instance, a slow disk, and a wrong estimate. */
    static final double COMFORTABLE = 0.6;

    private Ceilings() {}
}
