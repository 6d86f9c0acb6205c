package spillway.load.trace;

import java.util.regex.Pattern;

/**
 * One row of a trace: {@code offset_seconds,kind,post,author,user}.
 *
 * @param offsetNanos time since the trace's beginning
 * @param post the post's name in the trace
 * @param author who wrote the post
 * @param user who acts: the author of a post, the liker of a like
 */
record TraceRow(long offsetNanos, Kind kind, String post, long author, long user) {

    static final String HEADER = "offset_seconds,kind,post,author,user";

    private static final int FIELDS = 5;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?");
    private static final Pattern USER = Pattern.compile("\\d{1,19}");
    private static final Pattern POST = Pattern.compile("[!-~]{1,100}");

    enum Kind {
        POST,
        /** A like, or a reshare, which serves as one. */
        LIKE
    }

    static TraceRow parse(String line, long number) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new TraceFault(number, fields.length + " fields instead of " + HEADER);
        }
        return new TraceRow(
                nanos(fields[0], number),
                kind(fields[1], number),
                post(fields[2], number),
                user("author", fields[3], number),
                user("user", fields[4], number));
    }

    private static long nanos(String field, long number) {
        var match = SECONDS.matcher(field);
        if (!match.matches()) {
            throw new TraceFault(number, "the offset is not a number of seconds: " + shown(field));
        }
        String fraction = match.group(2) == null ? "" : match.group(2);
        return Long.parseLong(match.group(1)) * 1_000_000_000L
                + Long.parseLong((fraction + "000000000").substring(0, 9));
    }

    private static Kind kind(String field, long number) {
        return switch (field) {
            case "post" -> Kind.POST;
            case "like", "reshare" -> Kind.LIKE;
            default -> throw new TraceFault(number, "the kind is neither post, like nor reshare: " + shown(field));
        };
    }

    private static String post(String field, long number) {
        if (!POST.matcher(field).matches()) {
            throw new TraceFault(number, "not a post: " + shown(field));
        }
        return field;
    }

    private static long user(String what, String field, long number) {
        try {
            long user = USER.matcher(field).matches() ? Long.parseLong(field) : 0;
            if (user > 0) {
                return user;
            }
        } catch (NumberFormatException tooLarge) {
            // More than a user id holds: refused like everything else that is none.
        }
        throw new TraceFault(number, "the " + what + " is not a positive number: " + shown(field));
    }

    private static String shown(String field) {
        String printable = field.replaceAll("\\p{Cntrl}", "?");
        return '"' + (printable.length() <= 40 ? printable : printable.substring(0, 40) + "…") + '"';
    }
}
