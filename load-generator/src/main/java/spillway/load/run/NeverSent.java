package spillway.load.run;

/** No connection came about, so the request has no effect for certain. */
final class NeverSent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NeverSent(Throwable cause) {
        super("no connection: " + cause.getMessage(), cause);
    }
}
