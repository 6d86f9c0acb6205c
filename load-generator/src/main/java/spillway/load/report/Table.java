package spillway.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import spillway.load.limit.Limit;
import spillway.load.oracle.Book;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Verdict;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;
import spillway.load.run.Recovery;
import spillway.load.run.RunResult;
import spillway.load.run.RunResult.Collapse;
import spillway.load.run.Sent;

/** A run as lines for people, none wider than {@value #WIDTH} columns. */
public final class Table {

    public static final int WIDTH = 80;
    private static final int DIFFERENCES_SHOWN = 5;

    private Table() {}

    /** The report without its verdict, which stands last and alone. */
    public static List<String> lines(Report report) {
        RunResult run = report.run();
        List<String> lines = new ArrayList<>();
        lines.add("%s against %s".formatted(run.title(), run.target()));
        Limit<Report.Attempt> trials = report.trials();
        lines.add("seed %d, %s"
                .formatted(
                        run.seed(),
                        trials == null
                                ? "%.1f s of traffic".formatted(run.traffic().toMillis() / 1e3)
                                : "%d trials".formatted(trials.trials().size())));
        lines.add("");
        lines.addAll(books(run.books()));
        lines.add("");
        if (trials == null) {
            lines.addAll(latencies(run.sent()));
            lines.add("");
            lines.addAll(phases(run.phases()));
        } else {
            lines.addAll(LimitTable.lines(trials));
        }
        lines.add("");
        if (trials == null) {
            lines.addAll(generator(run));
            lines.add(staleness(run));
            lines.addAll(collapse(run.collapse()));
            run.sent().recovery().ifPresent(recovery -> lines.add(recovery(recovery)));
        }
        lines.add(
                run.drained()
                        ? "drain      %.1f s after the last answer, and still so later".formatted(seconds(run))
                        : "drain      not complete after %.1f s".formatted(seconds(run)));
        lines.addAll(ShedTable.lines(run.shedding()));
        if (!report.checks().isEmpty()) {
            lines.add("");
            report.checks().forEach(check -> lines.add(check.describe()));
        }
        return lines.stream().map(Table::cut).toList();
    }

    /** What ends the run badly beside the verdict, a line each. */
    public static List<String> missed(Report report) {
        List<String> lines = new ArrayList<>();
        report.checks().stream()
                .filter(check -> !check.met())
                .forEach(check -> lines.add("Threshold missed: %s is %s".formatted(check.threshold(), check.actual())));
        if (report.run().sent().lost() != null) {
            lines.add("Target lost after %.1f s of traffic: %s"
                    .formatted(
                            report.run().traffic().toMillis() / 1e3,
                            report.run().sent().lost()));
        }
        return lines.stream().map(Table::cut).toList();
    }

    /** The verdict and what it rests on. */
    public static List<String> verdict(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.line());
        lines.add("        " + verdict.detail());
        for (Difference difference :
                verdict.differences().stream().limit(DIFFERENCES_SHOWN).toList()) {
            lines.add("  " + difference.describe());
        }
        if (verdict.differences().size() > DIFFERENCES_SHOWN) {
            lines.add("  … and %,d more".formatted(verdict.differences().size() - DIFFERENCES_SHOWN));
        }
        return lines.stream().map(Table::cut).toList();
    }

    private static List<String> books(Map<TrafficClass, Book> books) {
        List<String> lines = new ArrayList<>();
        lines.add("%-9s %9s %9s %9s %9s %9s %9s"
                .formatted("requests", "offered", "accepted", "shed", "rejected", "failed", "unknown"));
        Book total = Book.EMPTY;
        for (Map.Entry<TrafficClass, Book> entry : books.entrySet()) {
            if (entry.getValue().offered() > 0) {
                lines.add(book(entry.getKey().label(), entry.getValue()));
                total = total.plus(entry.getValue());
            }
        }
        lines.add(book("total", total));
        return lines;
    }

    private static String book(String label, Book book) {
        return "%-9s %,9d %,9d %,9d %,9d %,9d %,9d"
                .formatted(
                        label,
                        book.offered(),
                        book.accepted(),
                        book.shed(),
                        book.rejected(),
                        book.failed(),
                        book.unknown());
    }

    private static List<String> latencies(Sent sent) {
        List<String> lines = new ArrayList<>();
        lines.add("%-9s %9s %9s %9s %9s %9s  from intended send".formatted("ms", "p50", "p95", "p99", "p99.9", "max"));
        sent.latencies().forEach((trafficClass, quantiles) -> lines.addAll(latency(trafficClass.label(), quantiles)));
        lines.addAll(latency("all", sent.overall()));
        return lines;
    }

    private static List<String> latency(String label, Quantiles q) {
        if (q.count() == 0) {
            return List.of();
        }
        return List.of("%-9s %s %s %s %s %s"
                .formatted(
                        label, millis(q.p50()), millis(q.p95()), millis(q.p99()), millis(q.p999()), millis(q.max())));
    }

    private static List<String> phases(List<PhaseResult> phases) {
        List<String> lines = new ArrayList<>();
        lines.add("%-9s %9s %9s %9s %9s %9s %9s"
                .formatted("per second", "length s", "intended", "sent", "accepted", "p50 ms", "p99 ms"));
        for (PhaseResult phase : phases) {
            lines.add("%-10s %8.1f %,9.0f %,9.0f %,9.0f %s %s"
                    .formatted(
                            phase.phase().name(),
                            phase.phase().length().toMillis() / 1e3,
                            phase.perSecond(phase.planned()),
                            phase.perSecond(phase.total().offered()),
                            phase.perSecond(phase.total().accepted()),
                            millis(phase.latency().p50()),
                            millis(phase.latency().p99())));
        }
        return lines;
    }

    /** The median second, because the first and the last of a burst are not full. */
    private static List<String> collapse(List<Collapse> seconds) {
        if (seconds.isEmpty()) {
            return List.of();
        }
        double[] sorted =
                seconds.stream().mapToDouble(Collapse::likesPerWrite).sorted().toArray();
        return List.of("batching   %,.1f likes per counter write in the median second, %,.1f in the best"
                .formatted(sorted[sorted.length / 2], sorted[sorted.length - 1]));
    }

    private static List<String> generator(RunResult run) {
        List<String> lines = new ArrayList<>();
        lines.add("generator  lag p99 %.1f ms, max %.1f ms; %,d held back, %,d skipped"
                .formatted(run.lag().p99(), run.lag().max(), run.heldBack(), run.skipped()));
        if (run.sent().isBottleneck()) {
            lines.add("           it was late or full itself: read latencies as upper bounds");
        }
        if (run.sent().retries() > 0) {
            lines.add("retries    %,d attempts at once after a refusal, a failure or no answer"
                    .formatted(run.sent().retries()));
        }
        if (run.deferred() + run.abandoned() > 0) {
            lines.add(
                    "insisting  put off %,d times, %,d operations given up".formatted(run.deferred(), run.abandoned()));
        }
        return lines;
    }

    private static String recovery(Recovery recovery) {
        return "recovery   %,.0f/s accepted before the surge, %,.0f/s in it; %s"
                .formatted(
                        recovery.before(),
                        recovery.during(),
                        recovery.seconds().isPresent()
                                ? "95 %% after %.0f s"
                                        .formatted(recovery.seconds().getAsDouble())
                                : "95 % NEVER");
    }

    private static String staleness(RunResult run) {
        Quantiles q = run.staleness().accepted();
        if (q.count() == 0) {
            return "staleness  no receipt was seen applied";
        }
        return "staleness  accepted to applied p50 %,.0f ms, p99 %,.0f ms (%,d receipts%s%s)"
                .formatted(
                        q.p50(),
                        q.p99(),
                        q.count(),
                        run.staleness().rejected() > 0
                                ? ", %,d rejected".formatted(run.staleness().rejected())
                                : "",
                        run.staleness().open() > 0
                                ? ", %,d open".formatted(run.staleness().open())
                                : "");
    }

    static String millis(double value) {
        return "%,9.1f".formatted(value);
    }

    private static double seconds(RunResult run) {
        return run.drain().toMillis() / 1e3;
    }

    /** The line, cut to {@link #WIDTH} columns. */
    public static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
