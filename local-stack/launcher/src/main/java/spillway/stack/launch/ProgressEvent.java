package spillway.stack.launch;

import java.util.Optional;

/**
 * One thing that happened to the stack, as one line of text.
 *
 * @param component empty for the stack as a whole
 * @param millis how long it took; 0 where that means nothing
 * @param text what else there is to say, one line
 */
record ProgressEvent(Kind kind, String component, long millis, String text) {

    enum Kind {
        /** A service is extracted from its new jar and its start recorded. */
        PREPARING,
        PREPARED,
        STARTING,
        READY,
        NOTE,
        /** The stack could not start; what follows is evidence. */
        FAILED,
        EVIDENCE,
        /** A process ended although nobody had asked for it. */
        ENDED,
        STOPPED,
        /** The stack is up. */
        UP,
        /** The supervisor has stopped everything. */
        DOWN
    }

    private static final int FIELDS = 4;

    ProgressEvent {
        text = text.replace('\t', ' ').replace('\n', ' ');
    }

    static ProgressEvent of(Kind kind, String component) {
        return new ProgressEvent(kind, component, 0, "");
    }

    String line() {
        return String.join("\t", kind.name(), component, Long.toString(millis), text);
    }

    /** Nothing for a line that is not one, such as one half written. */
    static Optional<ProgressEvent> parse(String line) {
        String[] fields = line.split("\t", FIELDS);
        try {
            return fields.length == FIELDS
                    ? Optional.of(
                            new ProgressEvent(Kind.valueOf(fields[0]), fields[1], Long.parseLong(fields[2]), fields[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
