package spillway.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Starts a process that outlives this one: in a process group of its own, deaf to the terminal's hang-up. */
public final class Detached {

    private static final String SCRIPT = """
            log=$1
            shift
            trap '' HUP
            set -m
            "$@" </dev/null >>"$log" 2>&1 &
            echo $!
            """;

    private Detached() {}

    /** The new process; its command's signal and grace are of no concern here. */
    public static ProcessHandle start(Command command) {
        List<String> line = new ArrayList<>(List.of(
                "bash", "-c", SCRIPT, "detached", command.log().toAbsolutePath().toString()));
        line.addAll(command.arguments());
        try {
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(command.folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(command.environment());
            String pid = builder.start().inputReader(StandardCharsets.US_ASCII).readLine();
            return ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow(() -> new StackFailure(command.name() + " ended at once", LogTail.of(command.log())));
        } catch (IOException e) {
            throw new StackFailure(command.name() + " could not be started", e);
        }
    }
}
