package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well the time to drain was forecast: backlog / drain rate, as the service itself says both, against the time until
 * everything was counted that had been accepted by then. While traffic goes on a backlog is never empty; but when the oldest
 * like that waits is younger than the forecast, all that the forecast was about are through.
 *
 * @param most the longest time that a drain really took
 * @param first error of the first forecast, as a share of the real time; negative when it was too short
 * @param median error without its sign, over all forecasts; both empty when no drain took {@link #WORTH}
 */
record Forecasts(int made, double most, OptionalDouble first, OptionalDouble median) {

    /** Seconds. What is through sooner is the batch window, and nobody would need a forecast of it. */
    static final double WORTH = 1;

    /** Of those that were made from this second on until all was through that waited then. */
    static Forecasts of(List<Pressed> series, double from) {
        List<Double> errors = new ArrayList<>();
        double most = 0;
        double to = Double.POSITIVE_INFINITY;
        for (int i = 0; i < series.size() && series.get(i).at() < to; i++) {
            Pressed now = series.get(i);
            OptionalDouble took = now.at() < from ? OptionalDouble.empty() : took(series, i);
            if (took.isPresent()) {
                // What the first of them was about is all that was owed; what comes later waits for reasons of its own.
                to = Math.min(to, now.at() + took.getAsDouble());
                most = Math.max(most, took.getAsDouble());
                Double backlog = now.backlog();
                Double drain = now.drain();
                if (took.getAsDouble() >= WORTH && backlog != null && drain != null && drain > 0) {
                    errors.add(backlog / drain / took.getAsDouble() - 1);
                }
            }
        }
        return new Forecasts(
                errors.size(),
                most,
                errors.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(errors.getFirst()),
                median(errors));
    }

    /** From the i-th on; empty when it was not seen to end. */
    private static OptionalDouble took(List<Pressed> series, int i) {
        double made = series.get(i).at();
        for (Pressed later : series.subList(i, series.size())) {
            Double backlog = later.backlog();
            Double oldest = later.oldest();
            if (backlog != null && oldest != null && (backlog == 0 || later.at() - oldest >= made)) {
                return OptionalDouble.of(later.at() - made);
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble median(List<Double> errors) {
        List<Double> sorted = errors.stream().map(Math::abs).sorted().toList();
        return sorted.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sorted.get(sorted.size() / 2));
    }
}
