package spillway.lab.limits.probe;

import java.util.Set;
import spillway.lab.stack.Part;

/** Measures one quantity; leaves nothing behind, whether it succeeds or not. */
public interface Probe {

    Quantity quantity();

    /** How it measures, in a few words. */
    String how();

    /** Whose CPU time its work is charged with. */
    Set<Part> servers();

    /**
     * Prepares, keeps the server busy as long as the meter reads, and removes what it made.
     *
     * @throws Exception whatever a driver or server objects to
     */
    Reading run(Meter meter) throws Exception;
}
