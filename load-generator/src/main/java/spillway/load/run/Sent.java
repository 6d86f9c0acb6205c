package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Book;
import spillway.load.plan.TrafficClass;

/**
 * What sending some traffic showed.
 *
 * @param took from the first operation to the last answer
 * @param measured the books without those of warm-ups
 * @param latencies without those of warm-ups and refusals
 * @param overall the latencies of all classes together
 * @param lag how late the generator itself turned to an operation, outside warm-ups
 * @param heldBack operations not sent because too many requests were under way
 * @param skipped operations not sent because what they build on was not acknowledged
 * @param deferred how often an operation that insists had to be put off
 * @param abandoned operations that insist and were refused to the end
 * @param retries attempts made at once after a refusal, a failure or no answer
 * @param series second by second, warm-ups too
 * @param lost why it ended early: the target could not be reached any more; null when it did not
 */
public record Sent(
        Duration took,
        List<PhaseResult> phases,
        Map<TrafficClass, Book> measured,
        Map<TrafficClass, Quantiles> latencies,
        Quantiles overall,
        Quantiles lag,
        long heldBack,
        long skipped,
        long deferred,
        long abandoned,
        long retries,
        List<Second> series,
        @Nullable String lost) {

    private static final double LATE_MILLIS = 10;

    /** The measured books of all classes together. */
    public Book total() {
        return measured.values().stream().reduce(Book.EMPTY, Book::plus);
    }

    /** How it came out of its first surge; empty when there was none between calm phases. */
    public Optional<Recovery> recovery() {
        return Recovery.of(phases, series);
    }

    /** How long the phases that are no warm-up were to last. */
    public Duration measuredFor() {
        return phases.stream()
                .filter(result -> !result.phase().warmUp())
                .map(result -> result.phase().length())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Whether, outside warm-ups, the generator could not keep up with its own plan, so that its figures are about itself,
     * too.
     */
    public boolean isBottleneck() {
        return lag.p99() > LATE_MILLIS || isFull();
    }

    /** Whether, outside warm-ups, less was offered than planned, since too many requests were under way. */
    public boolean isFull() {
        return phases.stream().anyMatch(result -> !result.phase().warmUp() && result.heldBack() > 0);
    }
}
