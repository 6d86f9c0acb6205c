package spillway.lab.ladder;

import java.util.List;
import java.util.Optional;
import spillway.lab.stack.Store;
import spillway.lab.traffic.Pattern;
import spillway.load.limit.Limit;
import spillway.load.oracle.Verdict;
import spillway.load.run.Staleness;

/**
 * What one rung did under one pattern.
 *
 * @param tries what the search for the highest rate within the thresholds tried
 * @param staleness of likes, over all tries
 * @param drained whether all counts arrived in the end
 */
public record Climb(
        Pattern pattern, Rung rung, Limit<Point> tries, Staleness staleness, boolean drained, Verdict verdict) {

    private static final double PER_THOUSAND = 1_000;

    /** In the order in which they were tried. */
    List<Point> points() {
        return tries.trials().stream().map(Limit.Trial::shown).toList();
    }

    /** The try with the highest rate that met the thresholds; empty when none did. */
    public Optional<Point> best() {
        return tries.best().map(Limit.Trial::shown);
    }

    /** Writes per second within the thresholds, 0 when even the lowest rate was too much. */
    public double limit() {
        return best().map(Point::rate).orElse(0.0);
    }

    /** Processor seconds of the whole system per thousand accepted writes, at the best try. */
    public double cpuPerThousand() {
        return best().map(point -> point.cost().totalCpu().toNanos() / 1e9 * PER_THOUSAND / point.accepted())
                .orElse(Double.NaN);
    }

    /** The same of the generator. */
    public double ownCpuPerThousand() {
        return best().map(point -> point.cost().ownCpu().toNanos() / 1e9 * PER_THOUSAND / point.accepted())
                .orElse(Double.NaN);
    }

    /** What a store wrote per accepted write, at the best try. */
    public double writesPerWrite(Store store) {
        return best().map(point -> point.cost().writesOf(store) / (double) point.accepted())
                .orElse(Double.NaN);
    }
}
