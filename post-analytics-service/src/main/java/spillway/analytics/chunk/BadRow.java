package spillway.analytics.chunk;

/** Stored bytes that are not a row's events, or of a version that is not known. */
public final class BadRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRow(String reason) {
        super(reason);
    }

    BadRow(String reason, Throwable cause) {
        super(reason, cause);
    }
}
