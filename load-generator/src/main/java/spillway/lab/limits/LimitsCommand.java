package spillway.lab.limits;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import spillway.lab.limits.probe.Bench;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.Probe;
import spillway.lab.limits.probe.Probes;
import spillway.lab.limits.probe.ServerVersions;
import spillway.lab.limits.probe.Window;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Stack;
import spillway.load.Terminal;
import spillway.load.WholeFile;

/** The command {@code limits}. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Calibrates this host: what its disk, each server and the gateway can do,",
            "and the CPU time an operation costs. The last calibration is kept for estimate."
        },
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {" 0:all was measured", " 1:something could not be measured", " 2:wrong usage", " 3:no stack"})
public final class LimitsCommand implements Callable<Integer> {

    private static final int SHORTEST = 30;
    private static final int LONGEST = 3_600;

    @Option(names = "--json", paramLabel = "FILE", description = "write the calibration there, too")
    private @Nullable Path json;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "80",
            description = "about how long to measure, " + SHORTEST + " or more; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoStack, IOException {
        requireUsable();
        Map<String, String> environment = System.getenv();
        Limits limits = calibrate(
                Stack.from(environment),
                Limits.lastCalibration(environment),
                Duration.ofSeconds(seconds),
                spec().commandLine().getOut());
        if (json != null) {
            limits.write(json);
        }
        return limits.complete() ? 0 : 1;
    }

    /**
     * Calibrates the host of a stack and shows how that goes.
     *
     * @param kept where the calibration is kept
     * @param length about how long it takes
     */
    public static Limits calibrate(Stack stack, Path kept, Duration length, PrintWriter out) throws IOException {
        Path folder = kept.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        Bench bench = Bench.standard(stack, folder, new SplittableRandom());
        boolean terminal = Terminal.isInteractive();
        List<Probe> probes = Probes.all(bench);
        Window window = Window.fitting(length, probes);
        Calibration calibration = new Calibration(probes, new Meter(window, bench.stack()::cpu));
        Limits limits = calibration.run(
                InstantSource.system().instant(), Host.current(), ServerVersions.ask(bench), new Screen(out, terminal));
        out.println();
        Table.footer(limits).forEach(out::println);
        limits.write(kept);
        return limits;
    }

    private void requireUsable() {
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw usage("--seconds must be " + SHORTEST + " to " + LONGEST);
        }
        if (json != null && !WholeFile.hasFolder(json)) {
            throw usage("--json: there is no folder for " + json);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli gives it");
    }
}
