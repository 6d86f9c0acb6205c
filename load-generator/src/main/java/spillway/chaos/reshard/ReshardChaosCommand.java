package spillway.chaos.reshard;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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

/** The command {@code chaos reshard}. */
@Command(
        name = "reshard",
        mixinStandardHelpOptions = true,
        description = "Reshards a stack of its own from 8 to 16 shards, back, and there again, kills the worker all the"
                + " while, and then compares every row with what was acknowledged. Exit code 0 exact, 1 not, 2 usage,"
                + " 3 no stack.")
public final class ReshardChaosCommand implements Callable<Integer> {

    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "decides what is written and when the worker is struck; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "posts that are there beforehand; default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "writes per second; default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "50",
            description = "how often the worker is killed, spread over the stages; default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--length",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Seconds.class,
            description = "how long writes go on after the cutover; a third of it before the reshard begins;"
                    + " default: ${DEFAULT-VALUE}")
    private Duration length = Duration.ZERO;

    @Option(names = "--no-throttle", description = "copy as fast as it goes, though writers become slower")
    private boolean noThrottle;

    @Option(
            names = "--tamper",
            description =
                    "a run that changes one byte of a copied row: the reshard must halt, and go on when it is mended")
    private boolean tamper;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything as JSON, too")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, SQLException {
        ReshardSettings settings = settings();
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Site site = Site.from(System.getenv()).orElse(null);
        if (site == null) {
            err.println("no stack to disturb: run this by ./spillway");
            return UNREACHABLE;
        }
        Site.endWithLauncher(FAILED);
        try (Console console = new Console(out, Terminal.isInteractive())) {
            console.say("Chaos with seed %d: %d to %d shards, %,d writes/s, %d kills"
                    .formatted(seed, ReshardSettings.FROM, ReshardSettings.TO, rate, settings.kills()));
            Result result = new ReshardRun(settings, site, console).execute();
            console.say("");
            Report.lines(result).forEach(console::say);
            console.say("again: " + settings.command());
            if (json != null) {
                WholeFile.write(json, Report.json(result) + "\n");
            }
            return result.passed() ? PASSED : FAILED;
        } catch (Unreachable e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        }
    }

    private ReshardSettings settings() {
        if (rows < 100 || rows > Planted.MOST) {
            throw usage("--rows: 100 to " + Planted.MOST);
        }
        if (rate < 1 || kills < 0 || !length.isPositive()) {
            throw usage("--rate and --length must be more than 0, --kills not less");
        }
        if (json != null && !WholeFile.hasFolder(json)) {
            throw usage("--json: there is no folder for " + json);
        }
        return new ReshardSettings(seed, rows, rate, tamper ? 0 : kills, length, !noThrottle, tamper);
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
