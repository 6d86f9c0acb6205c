package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** Shows logs by way of {@code tail}, which does it well. */
@Command(name = "logs", description = "Shows the end of the logs.")
final class LogsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "COMPONENT", description = "Only this component's log.")
    private @Nullable String component;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is added.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Folders.of(Installation.find()).logs();
        List<String> command = new ArrayList<>(List.of("tail", "-n", component == null ? "5" : "100"));
        if (follow) {
            command.add("-F");
        }
        command.addAll(logs(folder).stream().map(Path::toString).toList());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private List<Path> logs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new StackFailure("there are no logs yet in " + folder);
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> logs = all.filter(log ->
                            component == null || log.getFileName().toString().equals(component + ".log"))
                    .sorted()
                    .toList();
            if (logs.isEmpty()) {
                throw new StackFailure("no log of " + component + " in " + folder);
            }
            return logs;
        }
    }
}
