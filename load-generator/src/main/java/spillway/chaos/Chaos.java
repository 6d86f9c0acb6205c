package spillway.chaos;

import picocli.CommandLine.Command;
import spillway.chaos.overload.OverloadCommand;
import spillway.chaos.reshard.ReshardChaosCommand;

/** The command {@code chaos}; what it disturbs is its subcommand. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        subcommands = {LikesCommand.class, ReshardChaosCommand.class, OverloadCommand.class},
        description = "Disturbs a stack of its own under load and proves everything exact afterwards.")
public final class Chaos {}
