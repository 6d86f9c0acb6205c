package spillway.load.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Finds the highest rate at which trials still pass: doubles the rate until one fails (halves it when the first one
 * does), then bisects between the best and the worst, by ratio. It assumes that what fails at a rate fails at every
 * higher one, and tries no rate twice: an unlucky trial costs a part of the limit. Not thread-safe.
 */
public final class LimitSearch {

    private static final double LOWEST = 1;

    private final Bounds bounds;
    private final LongSupplier nanoTime;

    /**
     * @param start the first rate, per second
     * @param most no rate above this one is tried
     * @param closeness the search ends when failed / passed is no more than this, for example 1.05
     * @param patience no trial begins that, lasting as long as the longest so far, would end later than this
     */
    public record Bounds(double start, double most, double closeness, Duration patience) {
        public Bounds {
            if (!(start >= LOWEST && start <= most)) {
                throw new IllegalArgumentException("must start from " + LOWEST + " to " + most + ": " + start);
            }
            if (!(closeness > 1)) {
                throw new IllegalArgumentException("cannot come that close: " + closeness);
            }
        }
    }

    /** @param nanoTime a clock that never goes back, such as {@link System#nanoTime} */
    public LimitSearch(Bounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
    }

    /**
     * @param trial tries a rate and says what it showed
     * @param passes whether that is as it should be
     * @param ends whether it leaves no sense in further trials
     */
    public <T> Limit<T> search(DoubleFunction<T> trial, Predicate<T> passes, Predicate<T> ends) {
        List<Limit.Trial<T>> trials = new ArrayList<>();
        long begin = nanoTime.getAsLong();
        long longest = 0;
        OptionalDouble next = OptionalDouble.of(bounds.start());
        while (next.isPresent()) {
            long before = nanoTime.getAsLong();
            if (before - begin + longest > bounds.patience().toNanos()) {
                break;
            }
            double rate = next.getAsDouble();
            T shown = trial.apply(rate);
            trials.add(new Limit.Trial<>(rate, passes.test(shown), shown));
            longest = Math.max(longest, nanoTime.getAsLong() - before);
            next = ends.test(shown) ? OptionalDouble.empty() : next(new Limit<>(trials));
        }
        return new Limit<>(trials);
    }

    private OptionalDouble next(Limit<?> soFar) {
        OptionalDouble passed = soFar.passed();
        OptionalDouble failed = soFar.failed();
        if (failed.isEmpty()) {
            double best = passed.orElseThrow();
            return best < bounds.most() ? OptionalDouble.of(Math.min(2 * best, bounds.most())) : OptionalDouble.empty();
        }
        double worst = failed.getAsDouble();
        if (passed.isEmpty()) {
            return worst > LOWEST ? OptionalDouble.of(Math.max(worst / 2, LOWEST)) : OptionalDouble.empty();
        }
        double best = passed.getAsDouble();
        return worst / best > bounds.closeness() ? OptionalDouble.of(Math.sqrt(worst * best)) : OptionalDouble.empty();
    }
}
