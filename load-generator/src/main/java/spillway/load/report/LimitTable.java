package spillway.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import spillway.load.limit.Limit;
import spillway.load.report.Report.Attempt;
import spillway.load.run.Sent;

/** The search for a limit as lines for people. */
final class LimitTable {

    private LimitTable() {}

    static List<String> lines(Limit<Attempt> limit) {
        List<String> lines = new ArrayList<>();
        lines.add("%9s %9s %9s %9s %7s  %s".formatted("trial /s", "accepted", "p50 ms", "p99 ms", "shed %", "verdict"));
        limit.trials().forEach(trial -> lines.add(row(trial)));
        lines.add("");
        lines.add(result(limit));
        return lines.stream().map(Table::cut).toList();
    }

    private static String row(Limit.Trial<Attempt> trial) {
        Sent sent = trial.shown().sent();
        return "%,9.0f %,9.0f %s %s %7.1f  %s"
                .formatted(
                        trial.rate(),
                        sent.total().accepted() * 1e9 / sent.measuredFor().toNanos(),
                        Table.millis(sent.overall().p50()),
                        Table.millis(sent.overall().p99()),
                        100.0 * sent.total().shed() / Math.max(1, sent.total().offered()),
                        trial.passed() ? "passed" : trial.shown().reason());
    }

    private static String result(Limit<Attempt> limit) {
        OptionalDouble passed = limit.passed();
        OptionalDouble failed = limit.failed();
        if (passed.isEmpty()) {
            return failed.isEmpty()
                    ? "Limit: no trial was made"
                    : "Limit: below %,.0f/s".formatted(failed.getAsDouble());
        }
        return failed.isEmpty()
                ? "Limit: above %,.0f/s".formatted(passed.getAsDouble())
                : "Limit: %,.0f/s passed, %,.0f/s did not".formatted(passed.getAsDouble(), failed.getAsDouble());
    }
}
