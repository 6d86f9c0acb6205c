package spillway.load.trace;

/** A trace that cannot be replayed; the message names the line and what is wrong with it. */
public final class TraceFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TraceFault(long line, String reason) {
        super("line " + line + ": " + reason);
    }

    TraceFault(String reason) {
        super(reason);
    }
}
