package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import spillway.stack.process.StackFailure;

/** The supervisor's own hand on the state file. Thread-safe. */
final class StateFile {

    private final Path file;
    private RunState current = new RunState(List.of());

    StateFile(Path file) {
        this.file = file;
        add(RunState.SUPERVISOR, ProcessHandle.current().pid(), 0, 0);
    }

    synchronized void add(String name, long pid, int port, int restarts) {
        ProcessHandle.of(pid).ifPresent(process -> {
            current = current.with(RunState.Entry.of(name, process, port, restarts));
            current.write(file);
        });
    }

    synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StackFailure("cannot delete " + file, e);
        }
    }
}
