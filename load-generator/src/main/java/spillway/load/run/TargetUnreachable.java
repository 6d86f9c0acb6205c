package spillway.load.run;

/** The run cannot begin: nobody answers at the target, or it gives no tokens. */
public final class TargetUnreachable extends Exception {

    private static final long serialVersionUID = 1L;

    TargetUnreachable(String message) {
        super(message);
    }
}
