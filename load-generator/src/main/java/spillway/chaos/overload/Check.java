package spillway.chaos.overload;

import java.util.OptionalDouble;

/**
 * One promise and what was seen of it.
 *
 * @param seen in words, with the figure
 */
record Check(String promise, String seen, boolean kept) {

    /** A share that must be at least that; not seen is not kept. */
    static Check atLeast(String what, double wanted, OptionalDouble seen) {
        return new Check(
                "%s >= %s".formatted(what, percent(wanted)),
                seen.isPresent() ? percent(seen.getAsDouble()) : "not seen",
                seen.isPresent() && seen.getAsDouble() >= wanted);
    }

    static Check that(String promise, boolean kept, String seen) {
        return new Check(promise, seen, kept);
    }

    static String percent(double share) {
        double percent = 100 * share;
        return Math.abs(percent - Math.rint(percent)) < 0.005
                ? "%.0f %%".formatted(percent)
                : "%.2f %%".formatted(percent);
    }
}
