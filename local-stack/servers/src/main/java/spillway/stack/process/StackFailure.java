package spillway.stack.process;

import java.util.List;

/** Something the user can act on: one line that says what is wrong, and lines of evidence such as a log's tail. */
public final class StackFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String headline;
    private final transient List<String> evidence;

    public StackFailure(String message) {
        this(message, List.of());
    }

    public StackFailure(String message, List<String> evidence) {
        super(message);
        this.headline = message;
        this.evidence = List.copyOf(evidence);
    }

    public StackFailure(String message, Throwable cause) {
        super(message, cause);
        this.headline = message;
        this.evidence = List.of(String.valueOf(cause.getMessage()));
    }

    /** The line for the user. */
    public String headline() {
        return headline;
    }

    public List<String> evidence() {
        return evidence;
    }
}
