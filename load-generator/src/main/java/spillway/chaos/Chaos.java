package spillway.chaos;

import picocli.CommandLine.Command;

/** The command {@code chaos}; what it disturbs is its subcommand. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        subcommands = LikesCommand.class,
        description = "Disturbs a stack of its own under load and proves every count exact afterwards.")
public final class Chaos {}
