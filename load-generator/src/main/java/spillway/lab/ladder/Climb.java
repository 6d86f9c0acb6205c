package spillway.lab.ladder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import spillway.lab.stack.Store;
import spillway.lab.traffic.Pattern;
import spillway.load.oracle.Verdict;
import spillway.load.run.Staleness;

/**
 * What one rung did under one pattern.
 *
 * @param points in the order in which they were tried
 * @param staleness of likes, over all tries
 * @param drained whether all counts arrived in the end
 */
public record Climb(
        Pattern pattern, Rung rung, List<Point> points, Staleness staleness, boolean drained, Verdict verdict) {

    private static final double PER_THOUSAND = 1_000;

    public Climb {
        points = List.copyOf(points);
    }

    /** The try with the highest rate that met the thresholds; empty when none did. */
    public Optional<Point> best() {
        double lowestFailed = points.stream()
                .filter(point -> !point.passed())
                .mapToDouble(Point::rate)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return points.stream()
                .filter(point -> point.passed() && point.rate() < lowestFailed)
                .max(Comparator.comparingDouble(Point::rate));
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
