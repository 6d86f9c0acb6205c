package spillway.chaos;

/** There is no stack to disturb, or it does not do what it must do before anything is disturbed. */
final class Unreachable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
        super(message);
    }
}
