package spillway.lab.ladder;

import spillway.lab.stack.Reading;
import spillway.load.oracle.Book;
import spillway.load.run.Quantiles;

/**
 * One try at a rate.
 *
 * @param rate intended writes per second
 * @param passed whether the thresholds were met
 * @param bottleneck whether the generator could not keep up with its own plan
 * @param accepted writes that were accepted, the warm-up's as well
 * @param requests the books without the warm-up
 * @param latency of what was not refused, without the warm-up
 * @param cost what the meters moved by from the end of the try before to the end of this one
 */
public record Point(
        double rate,
        boolean passed,
        boolean bottleneck,
        long accepted,
        Book requests,
        Quantiles latency,
        Reading cost) {}
