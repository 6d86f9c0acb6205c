package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import spillway.load.oracle.Book;
import spillway.load.oracle.Verdict;
import spillway.load.plan.TrafficClass;

/**
 * Everything a run found out.
 *
 * @param traffic from the first operation to the last answer
 * @param lag how late the generator itself sent
 * @param heldBack operations not sent because too many requests were under way
 * @param skipped operations not sent because what they build on was not acknowledged
 * @param deferred how often an operation that insists had to be put off
 * @param abandoned operations that insist and were refused to the end
 * @param drain from the last answer until the counts were right
 * @param drained whether they ever were
 */
public record RunResult(
        String title,
        String target,
        long seed,
        Duration traffic,
        List<PhaseResult> phases,
        Map<TrafficClass, Book> books,
        Map<TrafficClass, Quantiles> latencies,
        Quantiles lag,
        long heldBack,
        long skipped,
        long deferred,
        long abandoned,
        Staleness staleness,
        Duration drain,
        boolean drained,
        Verdict verdict) {}
