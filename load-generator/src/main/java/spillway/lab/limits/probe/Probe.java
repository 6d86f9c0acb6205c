package spillway.lab.limits.probe;

/** Measures one quantity; leaves nothing behind, whether it succeeds or not. */
public interface Probe {

    Quantity quantity();

    /** How it measures, in a few words. */
    String how();

    /**
     * Prepares, keeps the server busy as long as the meter reads, and removes what it made.
     *
     * @throws Exception whatever a driver or server objects to
     */
    Reading run(Meter meter) throws Exception;
}
