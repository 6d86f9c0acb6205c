package spillway.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import spillway.load.limit.LimitSearch;
import spillway.load.plan.Plan;
import spillway.load.plan.Scenario;
import spillway.load.report.Progress;
import spillway.load.report.Report;
import spillway.load.run.LimitRun;
import spillway.load.run.LoadRun;
import spillway.load.run.RunOptions;
import spillway.load.run.RunResult;
import spillway.load.run.Sent;
import spillway.load.run.Snapshot;
import spillway.load.run.Target;
import spillway.load.run.TargetUnreachable;
import spillway.load.threshold.Check;
import spillway.load.threshold.Threshold;

/** The options every scenario has, and running one with them. */
final class RunFlags {

    private static final int MOST_RETRIES = 100;
    private static final Duration SETTLE = Duration.ofMillis(1_500);
    private static final List<String> LIMIT_THRESHOLDS = List.of("all.p99<1s", "failed=0", "shed<=1%");

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
            description =
                    "requests under way at once, as many again for posts and comments; more are held back and counted;"
                            + " default: ${DEFAULT-VALUE}")
    private int maxInFlight;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "15s",
            converter = Seconds.class,
            description = {
                "longest wait of those who post, like and read for an answer;",
                "then its outcome is unknown; default: ${DEFAULT-VALUE}"
            })
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Seconds.class,
            description = "longest wait for the counts afterwards; default: ${DEFAULT-VALUE}")
    private Duration drain = Duration.ZERO;

    @Option(
            names = "--give-up",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Seconds.class,
            description = "end a run whose target refuses every connection for so long; default: ${DEFAULT-VALUE}")
    private Duration giveUp = Duration.ZERO;

    @Option(
            names = "--naive-retries",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "send again at once, up to N times, what was refused, failed or not answered, as clients should"
                            + " not: it makes a retry storm; default: ${DEFAULT-VALUE}")
    private int naiveRetries;

    @Option(
            names = "--counter-meters",
            paramLabel = "URL",
            description = "a like-batcher's meters, such as http://127.0.0.1:8084/actuator/prometheus, to show how many"
                    + " likes each write of a count stood for")
    private @Nullable URI counterMeters;

    @Option(
            names = "--shed-ledger",
            paramLabel = "URL",
            description = "a gateway's ledger, such as http://127.0.0.1:9080/actuator/shed, to show what it shed and to"
                    + " compare it with what clients were told; once for each gateway behind --base-url")
    private List<URI> shedLedgers = new ArrayList<>();

    @Option(
            names = "--expect",
            paramLabel = "THRESHOLD",
            description = "what the run is held to, such as posts.p99<250ms, failed=0, likes.shed<=1%%, accepted>100/s;"
                    + " may be repeated")
    private List<String> expected = new ArrayList<>();

    @Mixin
    private Outputs outputs = new Outputs();

    long seed() {
        return seed;
    }

    /** Runs the plan, reports, and returns what the process ends with. */
    int run(Plan plan, Invocation invocation) throws Refusal {
        RunOptions options = options();
        List<Threshold> thresholds = thresholds(expected);
        outputs.check();
        Terminal terminal = new Terminal(invocation.out());
        try (Outputs.Log log = outputs.log()) {
            LoadRun run = new LoadRun(plan, options, log);
            RunResult result = attended(terminal, options, run::snapshot, run::execute);
            return report(terminal, new Report(invocation.command(), result, checks(thresholds, result.sent())));
        } catch (IOException e) {
            throw Refusal.usage("--hlog: cannot be written: " + e.getMessage());
        }
    }

    /** Searches the limit of the scenario's traffic, reports, and returns what the process ends with. */
    int findLimit(Scenario scenario, LimitSearch search, Duration trial, Invocation invocation) throws Refusal {
        RunOptions options = options();
        List<Threshold> thresholds = thresholds(expected.isEmpty() ? LIMIT_THRESHOLDS : expected);
        outputs.check();
        Refusal.unless(outputs.isWithoutLog(), "--hlog is of one run, not of --find-limit");
        Terminal terminal = new Terminal(invocation.out());
        LimitRun run = new LimitRun(scenario, options, search, trial);
        LimitRun.Found found = attended(
                terminal,
                options,
                run::snapshot,
                () -> run.execute(sent -> !sent.isFull() && sent.lost() == null && allMet(checks(thresholds, sent))));
        return report(terminal, Report.ofLimit(invocation.command(), found, sent -> checks(thresholds, sent)));
    }

    private int report(Terminal terminal, Report report) throws Refusal {
        terminal.show(report);
        outputs.write(report);
        if (report.run().sent().lost() != null) {
            return LoadGenerator.UNREACHABLE;
        }
        return report.passed() ? LoadGenerator.OK : LoadGenerator.BROKEN;
    }

    private static <T> T attended(Terminal terminal, RunOptions options, Supplier<Snapshot> snapshots, Callable<T> work)
            throws Refusal {
        Progress progress = terminal.progress(snapshots);
        try {
            return work.call();
        } catch (TargetUnreachable e) {
            throw Refusal.unreachable(options.target().url() + " is not ready: " + e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            progress.close();
        }
    }

    private RunOptions options() throws Refusal {
        Refusal.unless(timeout.isPositive(), "--timeout must be more than 0");
        Refusal.unless(maxInFlight > 0, "--max-in-flight must be more than 0");
        Refusal.unless(
                naiveRetries >= 0 && naiveRetries <= MOST_RETRIES, "--naive-retries must be from 0 to " + MOST_RETRIES);
        try {
            Target target = Target.of(baseUrl, allowedHosts);
            String runId = UUID.randomUUID().toString();
            return new RunOptions(
                    target,
                    seed,
                    runId,
                    maxInFlight,
                    timeout,
                    drain,
                    SETTLE,
                    giveUp,
                    meters(),
                    ledgers(),
                    naiveRetries);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage("--base-url: " + e.getMessage());
        }
    }

    private List<URI> ledgers() throws Refusal {
        for (URI ledger : shedLedgers) {
            requireAllowed("--shed-ledger", ledger);
        }
        // Named twice it is still one gateway, and counts once.
        return shedLedgers.stream().distinct().toList();
    }

    private @Nullable URI meters() throws Refusal {
        if (counterMeters != null) {
            requireAllowed("--counter-meters", counterMeters);
        }
        return counterMeters;
    }

    private void requireAllowed(String option, URI url) throws Refusal {
        try {
            Target.of(url.toString(), allowedHosts);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(option + ": " + e.getMessage());
        }
    }

    private static List<Threshold> thresholds(List<String> texts) throws Refusal {
        List<Threshold> thresholds = new ArrayList<>();
        for (String text : texts) {
            try {
                thresholds.add(Threshold.parse(text));
            } catch (IllegalArgumentException e) {
                throw Refusal.usage("--expect: " + e.getMessage());
            }
        }
        return thresholds;
    }

    private static List<Check> checks(List<Threshold> thresholds, Sent sent) {
        return thresholds.stream().map(threshold -> threshold.check(sent)).toList();
    }

    private static boolean allMet(List<Check> checks) {
        return checks.stream().allMatch(Check::met);
    }
}
