package spillway.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import spillway.chaos.site.Console;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.load.Seconds;
import spillway.load.Terminal;
import spillway.load.WholeFile;
import spillway.load.report.Table;

/** The command {@code chaos likes}. */
@Command(
        name = "likes",
        mixinStandardHelpOptions = true,
        description = "Kills, stops and disturbs what a like passes on its way, while likes go on, and then compares"
                + " each count with what was acknowledged. Exit code 0 exact, 1 not, 2 usage, 3 no stack.")
final class LikesCommand implements Callable<Integer> {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "decides the faults and the traffic; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--minutes", paramLabel = "N", description = "how long faults go on; default: 10")
    private int minutes = 10;

    @Option(
            names = "--length",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "the same as a time such as 90s, in place of --minutes")
    private @Nullable Duration length;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "likes per second; default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "5500ms",
            converter = Seconds.class,
            description = "from one fault to the next, on average; default: ${DEFAULT-VALUE}")
    private Duration every = Duration.ZERO;

    @Option(
            names = "--faults",
            paramLabel = "NAME[=WEIGHT]",
            split = ",",
            description = "only these, and how often each; --plan lists them; default: all")
    private List<String> faults = new ArrayList<>();

    @Option(names = "--plan", description = "say which fault would strike when, and do nothing")
    private boolean plan;

    @Option(
            names = "--tamper",
            description = "change one count by hand in the end: shows that the run can fail, and must end with 1")
    private boolean tamper;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything as JSON, too")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (plan) {
            show(settings, out);
            return PASSED;
        }
        Site site = Site.from(System.getenv()).orElse(null);
        if (site == null) {
            spec.commandLine().getErr().println("no stack to disturb: run this by ./spillway");
            return UNREACHABLE;
        }
        Site.endWithLauncher(FAILED);
        try (Console console = new Console(out, Terminal.isInteractive())) {
            console.say("Chaos with seed %d: %,d likes/s, %d faults in %d s"
                    .formatted(
                            seed,
                            rate,
                            settings.schedule().strikes().size(),
                            settings.storm().toSeconds()));
            Result result = new ChaosRun(settings, site, console).execute();
            console.say("");
            Report.lines(result).forEach(console::say);
            console.say("again: " + settings.command());
            if (json != null) {
                WholeFile.write(json, Report.json(result) + "\n");
            }
            return result.passed() ? PASSED : FAILED;
        } catch (Unreachable e) {
            spec.commandLine().getErr().println(e.getMessage());
            return UNREACHABLE;
        }
    }

    private Settings settings() {
        Duration storm = length == null ? Duration.ofMinutes(minutes) : length;
        if (!storm.isPositive() || !every.isPositive() || rate < 20) {
            throw usage("--minutes, --length and --every must be more than 0, --rate at least 20");
        }
        if (json != null && !WholeFile.hasFolder(json)) {
            throw usage("--json: there is no folder for " + json);
        }
        try {
            Map<Fault, Integer> weights = faults.isEmpty() ? Fault.allWeights() : Fault.weights(faults);
            return new Settings(seed, rate, storm, every, weights, faults, tamper);
        } catch (IllegalArgumentException e) {
            throw usage("--faults: " + e.getMessage());
        }
    }

    private static void show(Settings settings, PrintWriter out) {
        for (Strike strike : settings.schedule().strikes()) {
            out.println(Table.cut("%4d %s".formatted(strike.number(), strike.describe())));
        }
        out.println();
        settings.weights().keySet().stream()
                .sorted()
                .forEach(fault -> out.println("%-13s %s".formatted(fault.label(), fault.description())));
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
