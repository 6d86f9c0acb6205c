package spillway.load.run;

import spillway.load.oracle.Book;

/**
 * What happened in one stretch of a run, about a second long. Requests count as offered in the stretch in which they
 * were sent, everything else in which they ended.
 *
 * @param at seconds from the first operation to the end of the stretch
 * @param length seconds
 * @param phase the phase at its end
 * @param latency from the intended instant, of what ended here and was not refused; of warm-ups, too
 * @param lag how late the generator itself was
 * @param underWay requests without an answer at the end of the stretch
 * @param staleness from accepted to applied, of the likes that were seen applied here
 */
public record Second(
        double at,
        double length,
        String phase,
        Book requests,
        long heldBack,
        Quantiles latency,
        Quantiles lag,
        int underWay,
        Quantiles staleness) {

    boolean isQuiet() {
        return requests.offered() == 0 && requests.settled() == 0 && staleness.count() == 0;
    }
}
