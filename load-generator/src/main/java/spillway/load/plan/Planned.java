package spillway.load.plan;

/**
 * An operation and when it is due.
 *
 * @param atNanos nanoseconds after the start of the run; a plan never goes back in time
 */
public record Planned(long atNanos, Operation operation) {

    public Planned {
        if (atNanos < 0) {
            throw new IllegalArgumentException("due before the start: " + atNanos);
        }
    }
}
