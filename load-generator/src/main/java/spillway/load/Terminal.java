package spillway.load;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import spillway.load.report.Progress;
import spillway.load.report.Report;
import spillway.load.report.Table;
import spillway.load.run.Snapshot;

/** Where people read: a line that moves and a coloured verdict on a terminal, plain lines in a pipe. */
public final class Terminal {

    private final PrintWriter out;
    private final boolean interactive = isInteractive();
    private final boolean coloured = interactive && System.getenv("NO_COLOR") == null;

    Terminal(PrintWriter out) {
        this.out = out;
    }

    /** Whether somebody reads at a terminal. */
    public static boolean isInteractive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    Progress progress(Supplier<Snapshot> snapshots) {
        return new Progress(out, interactive, snapshots);
    }

    /** Thresholds stand before the rest, the oracle's verdict stands last. */
    void show(Report report) {
        Table.lines(report).forEach(out::println);
        out.println();
        List<String> verdict = Table.verdict(report.run().verdict());
        out.println(coloured(verdict.getFirst(), report.run().verdict().passed()));
        verdict.stream().skip(1).forEach(out::println);
        Table.missed(report).forEach(line -> out.println(coloured(line, false)));
    }

    private String coloured(String line, boolean good) {
        return coloured ? (good ? "\u001b[1;32m" : "\u001b[1;31m") + line + "\u001b[0m" : line;
    }
}
