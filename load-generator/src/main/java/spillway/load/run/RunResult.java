package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import spillway.load.oracle.Book;
import spillway.load.oracle.Verdict;
import spillway.load.plan.TrafficClass;
import spillway.load.shed.Shedding;

/**
 * Everything a run found out.
 *
 * @param books every request, those of warm-ups too
 * @param drain from the last answer until the counts were right
 * @param drained whether they ever were
 * @param shedding what the gateways say they shed
 * @param collapse likes per counter write in the course of the run; empty when nobody looked
 */
public record RunResult(
        String title,
        String target,
        long seed,
        Sent sent,
        Map<TrafficClass, Book> books,
        Staleness staleness,
        Duration drain,
        boolean drained,
        Verdict verdict,
        Shedding shedding,
        List<Collapse> collapse) {

    /**
     * Likes per counter write.
     *
     * @param at seconds after the first operation
     */
    public record Collapse(double at, double likesPerWrite) {}

    public RunResult {
        collapse = List.copyOf(collapse);
    }

    /** From the first operation to the last answer. */
    public Duration traffic() {
        return sent.took();
    }

    public List<PhaseResult> phases() {
        return sent.phases();
    }

    public Map<TrafficClass, Quantiles> latencies() {
        return sent.latencies();
    }

    public Quantiles lag() {
        return sent.lag();
    }

    public long heldBack() {
        return sent.heldBack();
    }

    public long skipped() {
        return sent.skipped();
    }

    public long deferred() {
        return sent.deferred();
    }

    public long abandoned() {
        return sent.abandoned();
    }
}
