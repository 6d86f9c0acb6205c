package spillway.stack.launch;

import picocli.CommandLine.Option;

/** Mixed into the commands that the launcher runs itself; those that it hands on have a help of their own. */
final class Help {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    // Picocli acts on it.
    @SuppressWarnings("UnusedVariable")
    private boolean asked;
}
