package spillway.lab.limits.probe;

import org.jspecify.annotations.Nullable;

/** A probe that could not measure, and why. */
public final class ProbeFailure extends Exception {

    private static final long serialVersionUID = 1L;

    ProbeFailure(String message) {
        super(message);
    }

    ProbeFailure(@Nullable Throwable cause) {
        super(cause);
    }

    /** The first line of what the innermost cause says. */
    public static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank()
                ? innermost.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
