package spillway.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import spillway.load.plan.Preset;
import spillway.load.trace.TraceFault;
import spillway.load.trace.TracePlan;

/** The command {@code load}: each scenario is a subcommand. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "SCENARIO",
        commandListHeading = "%nScenarios:%n",
        description = "Sends a scenario's traffic in an open loop, then proves that every accepted write counts once.",
        exitCodeOnExecutionException = LoadGenerator.INTERNAL,
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {
            " 0:every promise was kept",
            " 1:the oracle found a difference, or a threshold was missed",
            " 2:wrong usage, or a trace that cannot be replayed",
            " 3:the target is not reachable, gives no tokens, or was lost on the way",
            "70:the generator itself failed"
        })
public final class LoadGenerator {

    static final int OK = 0;
    static final int BROKEN = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int INTERNAL = 70;

    private final Invocation invocation;

    @Option(names = "--list", description = "name the scenarios, one per line")
    private boolean list;

    private LoadGenerator(Invocation invocation) {
        this.invocation = invocation;
    }

    public static void main(String[] args) {
        System.exit(execute(writer(System.out), writer(System.err), args));
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        Invocation invocation = new Invocation(out, List.of(args));
        LoadGenerator generator = new LoadGenerator(invocation);
        CommandLine command = new CommandLine(generator).addSubcommand(new SteadyCommand(invocation));
        for (Preset preset : Preset.values()) {
            command.addSubcommand(preset.label(), ShapedCommand.of(preset, invocation));
        }
        return command.setOut(out)
                .setErr(err)
                .setExecutionStrategy(generator::start)
                .setParameterExceptionHandler((wrong, given) -> usage(wrong.getCommandLine(), wrong.getMessage()))
                .setExecutionExceptionHandler(LoadGenerator::failed)
                .execute(args);
    }

    @Command(
            name = "trace",
            mixinStandardHelpOptions = true,
            description = "a recorded trace of posts and likes, every like of which must count")
    int trace(
            @Mixin RunFlags flags,
            @Option(
                            names = "--trace",
                            paramLabel = "FILE",
                            required = true,
                            description = "CSV: offset_seconds,kind,post,author,user; kinds are post, like, reshare")
                    Path file,
            @Option(
                            names = "--speedup",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "recorded seconds per second; default: ${DEFAULT-VALUE}")
                    double speedup)
            throws Refusal {
        Refusal.unless(speedup > 0 && Double.isFinite(speedup), "--speedup must be more than 0");
        try {
            return flags.run(TracePlan.of(file, speedup), invocation);
        } catch (TraceFault e) {
            throw Refusal.usage(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw Refusal.usage(file + " cannot be read: " + e.getMessage());
        }
    }

    private int start(ParseResult parsed) {
        if (!list) {
            return new RunLast().execute(parsed);
        }
        parsed.commandSpec().subcommands().keySet().forEach(invocation.out()::println);
        return OK;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!(e instanceof Refusal refusal)) {
            throw e;
        }
        if (refusal.exitCode() == USAGE) {
            return usage(command, refusal.getMessage());
        }
        command.getErr().println(refusal.getMessage());
        return refusal.exitCode();
    }

    private static int usage(CommandLine command, @Nullable String wrong) {
        command.getErr().println(wrong);
        command.usage(command.getErr());
        return USAGE;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
