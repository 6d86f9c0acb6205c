package spillway.lab;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import spillway.chaos.Chaos;
import spillway.lab.estimate.EstimateCommand;
import spillway.lab.ladder.LadderCommand;
import spillway.lab.limits.LimitsCommand;
import spillway.lab.myths.MythsCommand;
import spillway.lab.reshard.ReshardCommand;
import spillway.lab.shards.ShardReportCommand;
import spillway.lab.stack.NoStack;

/** The commands of the lab; {@code ./spillway} passes them on. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        subcommands = {
            LimitsCommand.class,
            LadderCommand.class,
            EstimateCommand.class,
            MythsCommand.class,
            ShardReportCommand.class,
            ReshardCommand.class,
            Chaos.class
        },
        description = "Measures this machine, the monolith and every technique on the same traffic.")
public final class Lab {

    static final int UNREACHABLE = 3;

    private Lab() {}

    public static void main(String[] args) {
        System.exit(execute(writer(System.out), writer(System.err), args));
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Lab())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Lab::failed)
                .execute(args);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof NoStack) {
            command.getErr().println(failure.getMessage());
            return UNREACHABLE;
        }
        throw failure;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
