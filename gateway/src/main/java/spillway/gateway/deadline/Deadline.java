package spillway.gateway.deadline;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a caller stops waiting, by a clock as {@link System#nanoTime}; {@link #NONE} is never.
 *
 * @param bounded whether the caller said so at all
 */
public record Deadline(boolean bounded, long atNanos) {

    /** The header that says how many milliseconds are left; it is passed on with what is then left. */
    public static final String HEADER = "Spillway-Timeout";

    public static final Deadline NONE = new Deadline(false, 0);

    private static final int LONGEST_MILLIS = 60_000;

    /** More digits than any number that is not cut: a huge one is as good as the longest. */
    private static final int DIGITS = 18;

    /**
     * Milliseconds out of the header's values.
     *
     * @return none if the value is not a whole number above zero, or not the only one; what is above a minute is a minute
     */
    public static OptionalInt parse(List<String> values) {
        if (values.size() != 1 || !isDigits(values.getFirst())) {
            return OptionalInt.empty();
        }
        String value = values.getFirst();
        long millis = value.length() > DIGITS ? LONGEST_MILLIS : Long.parseLong(value);
        return millis < 1 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(millis, LONGEST_MILLIS));
    }

    public static Deadline in(int millis, LongSupplier nanos) {
        return new Deadline(true, nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public boolean hasPassed(LongSupplier nanos) {
        return bounded && nanos.getAsLong() - atNanos >= 0;
    }

    /** What is left, above zero unless it has passed; at most {@code otherwise}. */
    public Duration left(LongSupplier nanos, Duration otherwise) {
        if (!bounded) {
            return otherwise;
        }
        Duration left = Duration.ofNanos(Math.max(0, atNanos - nanos.getAsLong()));
        return left.compareTo(otherwise) < 0 ? left : otherwise;
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
