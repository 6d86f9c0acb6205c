package spillway.lab.myths;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import spillway.lab.limits.probe.Bench;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.ProbeFailure;
import spillway.lab.limits.probe.Window;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Stack;

/** The command {@code myths}. */
@Command(
        name = "myths",
        mixinStandardHelpOptions = true,
        description = {
            "Puts claims that people repeat to small experiments on this host, and",
            "says of each what was measured and whether it is true."
        },
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {" 0:all were examined", " 1:an experiment failed", " 2:wrong usage", " 3:no stack"})
public final class MythsCommand implements Callable<Integer> {

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration QUICK_SLICE = Duration.ofMillis(250);

    @Option(names = "--quick", description = "shorter measurements, rougher figures")
    private boolean quick;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoStack {
        Stack stack = Stack.from(System.getenv());
        RandomGenerator random = new SplittableRandom();
        Bench bench = Bench.standard(stack, Path.of(""), random);
        Duration slice = quick ? QUICK_SLICE : SLICE;
        Measured host = new Measured(bench, new Meter(Window.of(slice), stack::cpu));
        List<Myth> myths = List.of(
                WritesPerSecond.aThousand(host),
                WritesPerSecond.tensOfThousands(host),
                new BatchingSaves(host),
                new LongWindow(random),
                new RedisSync(bench, slice.multipliedBy(10)),
                new HashingByCountry(random));
        CommandSpec given = Objects.requireNonNull(spec, "picocli gives it");
        return examine(myths, given.commandLine().getOut());
    }

    static int examine(List<Myth> myths, PrintWriter out) {
        int result = 0;
        for (Myth myth : myths) {
            out.println('"' + myth.claim() + '"');
            out.flush();
            try {
                Finding finding = myth.examine();
                finding.measured().forEach(line -> out.println("    " + line));
                out.println("  " + finding.verdict() + ": " + finding.because());
            } catch (Exception e) { // one experiment's failure is no other's
                out.println("  not examined: " + ProbeFailure.reason(e));
                result = 1;
            }
            out.println();
        }
        return result;
    }
}
