package spillway.analytics.event;

/** A record that no delivery can ever make into an event. */
public final class BadRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRecord(String reason) {
        super(reason);
    }

    BadRecord(String reason, Throwable cause) {
        super(reason, cause);
    }
}
