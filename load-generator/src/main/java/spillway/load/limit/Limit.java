package spillway.load.limit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** The trial with the highest rate that passed below every rate that failed; empty when there is none. */
    public Optional<Trial<T>> best() {
        double ceiling = failed().orElse(Double.POSITIVE_INFINITY);
        return trials.stream()
                .filter(trial -> trial.passed() && trial.rate() < ceiling)
                .max(Comparator.comparingDouble(Trial::rate));
    }

    /** The rate of the best trial; empty when there is none. */
    public OptionalDouble passed() {
        return best().stream().mapToDouble(Trial::rate).findFirst();
    }

    /** The lowest rate that failed; empty when none did. */
    public OptionalDouble failed() {
        return trials.stream()
                .filter(trial -> !trial.passed())
                .mapToDouble(Trial::rate)
                .min();
    }
}
