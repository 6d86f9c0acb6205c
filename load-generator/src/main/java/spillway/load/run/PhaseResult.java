package spillway.load.run;

import java.util.Map;
import spillway.load.oracle.Book;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;

/**
 * What became of one phase.
 *
 * @param planned operations that fell due in it
 * @param heldBack those that were not sent, because too many requests were under way
 * @param books of what was sent, with repeated attempts
 * @param latencies of what was not refused
 * @param latency of all classes together
 */
public record PhaseResult(
        Phase phase,
        long planned,
        long heldBack,
        Map<TrafficClass, Book> books,
        Map<TrafficClass, Quantiles> latencies,
        Quantiles latency) {

    public PhaseResult {
        books = Map.copyOf(books);
        latencies = Map.copyOf(latencies);
    }

    /** The books of all classes together. */
    public Book total() {
        return books.values().stream().reduce(Book.EMPTY, Book::plus);
    }

    public double perSecond(long count) {
        return count * 1e9 / phase.length().toNanos();
    }
}
