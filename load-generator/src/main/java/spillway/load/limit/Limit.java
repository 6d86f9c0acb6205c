package spillway.load.limit;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a search found.
 *
 * @param trials in the order in which they were made
 * @param <T> what a trial showed
 */
public record Limit<T>(List<Trial<T>> trials) {

    /** One try at a rate. */
    public record Trial<T>(double rate, boolean passed, T shown) {}

    public Limit {
        trials = List.copyOf(trials);
    }

    /** The highest rate that passed below every rate that failed; empty when there is none. */
    public OptionalDouble passed() {
        double ceiling = failed().orElse(Double.POSITIVE_INFINITY);
        return trials.stream()
                .filter(trial -> trial.passed() && trial.rate() < ceiling)
                .mapToDouble(Trial::rate)
                .max();
    }

    /** The lowest rate that failed; empty when none did. */
    public OptionalDouble failed() {
        return trials.stream()
                .filter(trial -> !trial.passed())
                .mapToDouble(Trial::rate)
                .min();
    }
}
