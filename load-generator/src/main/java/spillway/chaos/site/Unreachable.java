package spillway.chaos.site;

/** There is no stack to disturb, or it does not do what it must do before anything is disturbed. */
public final class Unreachable extends Exception {

    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }
}
