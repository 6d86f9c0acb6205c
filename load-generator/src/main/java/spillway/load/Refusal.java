package spillway.load;

/** A run that does not begin, with the one line that says why and what the process ends with. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something asked for is wrong or missing. */
    static Refusal usage(String message) {
        return new Refusal(LoadGenerator.USAGE, message);
    }

    static void unless(boolean condition, String message) throws Refusal {
        if (!condition) {
            throw usage(message);
        }
    }

    static Refusal unreachable(String message) {
        return new Refusal(LoadGenerator.UNREACHABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
