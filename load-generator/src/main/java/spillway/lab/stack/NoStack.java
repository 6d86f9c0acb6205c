package spillway.lab.stack;

/** There is no stack to measure, or not all of it. */
public final class NoStack extends Exception {

    private static final long serialVersionUID = 1L;

    NoStack(String message) {
        super(message);
    }
}
