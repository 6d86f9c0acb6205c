package spillway.lab.reshard;

/** The service was asked and said no. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String reason) {
        super(reason);
        this.status = status;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }
}
