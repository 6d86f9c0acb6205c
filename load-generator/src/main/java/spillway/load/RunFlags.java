package spillway.load;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import spillway.load.plan.Plan;
import spillway.load.report.Json;
import spillway.load.report.Progress;
import spillway.load.report.Table;
import spillway.load.run.LoadRun;
import spillway.load.run.RunOptions;
import spillway.load.run.RunResult;
import spillway.load.run.Target;
import spillway.load.run.TargetUnreachable;

/** The options every scenario has, and running one with them. */
final class RunFlags {

    private static final Duration SETTLE = Duration.ofMillis(1_500);

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the gateway; default: ${DEFAULT-VALUE}")
    private String baseUrl = "";

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description = "a host that may be loaded though it is another machine; only this machine otherwise")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "decides everything random; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            defaultValue = "1024",
            description = "requests under way at once; more are held back and counted; default: ${DEFAULT-VALUE}")
    private int maxInFlight;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "15s",
            converter = Seconds.class,
            description = "longest wait for an answer; then its outcome is unknown; default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Seconds.class,
            description = "longest wait for the counts afterwards; default: ${DEFAULT-VALUE}")
    private Duration drain = Duration.ZERO;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON, too")
    private @Nullable Path json;

    long seed() {
        return seed;
    }

    /** Runs the plan, prints its report, and returns what the process ends with. */
    int run(Plan plan, PrintWriter out) throws Refusal {
        RunOptions options = options();
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        LoadRun run = new LoadRun(plan, options);
        RunResult result;
        Progress progress = new Progress(out, terminal, run::snapshot);
        try {
            result = run.execute();
        } catch (TargetUnreachable e) {
            throw Refusal.unreachable(options.target().url() + " is not ready: " + e.getMessage());
        } finally {
            progress.close();
        }
        Table.lines(result).forEach(out::println);
        out.println();
        boolean passed = result.verdict().passed();
        List<String> verdict = Table.verdict(result.verdict());
        out.println(
                terminal && System.getenv("NO_COLOR") == null
                        ? coloured(verdict.getFirst(), passed)
                        : verdict.getFirst());
        verdict.stream().skip(1).forEach(out::println);
        writeJson(result);
        return passed ? LoadGenerator.OK : LoadGenerator.BROKEN;
    }

    private RunOptions options() throws Refusal {
        if (json != null && !Files.isDirectory(json.toAbsolutePath().resolveSibling(""))) {
            throw Refusal.usage("--json: there is no folder for " + json);
        }
        if (!timeout.isPositive()) {
            throw Refusal.usage("--timeout must be more than 0");
        }
        try {
            Target target = Target.of(baseUrl, allowedHosts);
            return new RunOptions(target, seed, UUID.randomUUID().toString(), maxInFlight, timeout, drain, SETTLE);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(String.valueOf(e.getMessage()));
        }
    }

    private void writeJson(RunResult result) throws Refusal {
        if (json == null) {
            return;
        }
        try {
            Json.write(result, json);
        } catch (IOException e) {
            throw Refusal.usage("--json: " + json + " cannot be written: " + e.getMessage());
        }
    }

    private static String coloured(String line, boolean good) {
        return (good ? "\u001b[1;32m" : "\u001b[1;31m") + line + "\u001b[0m";
    }
}
