package spillway.stack.launch;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import spillway.stack.process.StackFailure;

/** What the {@code ./spillway} script runs once it has found a JDK and built what was missing. */
@Command(
        name = "spillway",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            LoadCommand.class,
            PrepareCommand.class,
            SuperviseCommand.class
        })
final class Main {

    /** Something went wrong that the message explains. */
    static final int FAILED = 1;

    static final int USAGE = CommandLine.ExitCode.USAGE;

    /** What is not handed on to a program that has a help of its own. */
    private static final Set<String> OWN = Set.of("demo", "up", "down", "status", "logs");

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.getSubcommands().forEach((name, command) -> {
            if (OWN.contains(name)) {
                command.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new Help()));
            }
        });
        commandLine
                .addSubcommand("limits", new LabCommand("limits", true))
                .addSubcommand("ladder", new LabCommand("ladder", true))
                .addSubcommand("myths", new LabCommand("myths", true))
                .addSubcommand("estimate", new LabCommand("estimate", false))
                .addSubcommand("shard-report", new LabCommand("shard-report", false))
                .addSubcommand("reshard", new LabCommand("reshard", false))
                .addSubcommand("chaos", new ChaosCommand())
                .addSubcommand("rebuild-counters", new RebuildCommand());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StackFailure known) {
                command.getErr().println(known.headline());
                known.evidence().forEach(line -> command.getErr().println("  | " + line));
                return FAILED;
            }
            throw failure;
        });
        return commandLine;
    }
}
