package spillway.batcher.collapse;

/** The log is not the one that the counts were made from: going on would make them wrong, so somebody must decide. */
public final class LogUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogUnusable(String message) {
        super(message);
    }
}
