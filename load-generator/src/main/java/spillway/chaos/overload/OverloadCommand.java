package spillway.chaos.overload;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
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

/** The command {@code chaos overload}. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description =
                "Overloads a stack of its own, stops its stores, holds its connections, and shows that it refuses in"
                        + " order, loses nothing and recovers alone. Exit code 0 every promise kept, 1 not, 2 usage, 3 no stack.")
public final class OverloadCommand implements Callable<Integer> {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;
    private static final String MANAGEMENT = "SPILLWAY_LAB_GATEWAY_MANAGEMENT";
    private static final double MOST = 100_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "decides the traffic; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--only",
            paramLabel = "TRIAL",
            split = ",",
            description = "only these trials; --plan lists them; default: all but long")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--capacity",
            paramLabel = "N",
            description = "writes per second that the stack carries; default: it is searched first")
    private @Nullable Double capacity;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "how long each disturbance lasts; default: each trial's own, see --plan")
    private @Nullable Duration length;

    @Option(names = "--plan", description = "say what would be tried, and do nothing")
    private boolean plan;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything as JSON, too")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with the course of each trial, too")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException {
        OverloadSettings settings = settings();
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        if (plan) {
            Report.plan(settings).forEach(out::println);
            return PASSED;
        }
        Site site = Site.from(System.getenv()).orElse(null);
        String management = System.getenv(MANAGEMENT);
        if (site == null || management == null) {
            err.println("no stack to overload: run this by ./spillway");
            return UNREACHABLE;
        }
        Site.endWithLauncher(FAILED);
        try (Console console = new Console(out, Terminal.isInteractive())) {
            console.say("Overload with seed %d: %d trials"
                    .formatted(seed, settings.trials().size()));
            Result result = new OverloadRun(settings, site, Integer.parseInt(management), console)
                    .execute(ending -> Report.lines(ending).forEach(console::say));
            console.say("");
            Report.lines(result).forEach(console::say);
            write(json, Report.json(result) + "\n");
            write(html, Report.html(result));
            return result.passed() ? PASSED : FAILED;
        } catch (Unreachable e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            WholeFile.write(file, text);
        }
    }

    private OverloadSettings settings() {
        Double given = capacity;
        if (given != null && !(given >= 1 && given <= MOST)) {
            throw usage("--capacity: 1 to " + (int) MOST);
        }
        Duration seconds = length;
        if (seconds != null && seconds.compareTo(Duration.ofSeconds(1)) < 0) {
            throw usage("--seconds must be 1 or more");
        }
        requireFolder("--json", json);
        requireFolder("--html", html);
        try {
            Set<Trial> trials = only.isEmpty() ? Trial.usual() : Trial.named(only);
            return new OverloadSettings(
                    seed, trials, given == null ? OptionalDouble.empty() : OptionalDouble.of(given), seconds);
        } catch (IllegalArgumentException e) {
            throw usage("--only: " + e.getMessage());
        }
    }

    private void requireFolder(String option, @Nullable Path file) {
        if (file != null && !WholeFile.hasFolder(file)) {
            throw usage(option + ": there is no folder for " + file);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
