package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spillway.stack.process.StackFailure;

/**
 * The processes of a running stack, as its supervisor last wrote them.
 *
 * <p>A pid alone proves nothing, since numbers are used again: each stands with the instant its process started, and only a
 * process with both is ours.
 */
record RunState(List<Entry> entries) {

    static final String SUPERVISOR = "supervisor";

    private static final int FIELDS = 5;

    /**
     * @param port 0 for one that listens on none
     * @param restarts how often it was started again after it ended by itself
     */
    record Entry(String name, long pid, long startedMillis, int port, int restarts) {

        static Entry of(String name, ProcessHandle process, int port, int restarts) {
            return new Entry(name, process.pid(), started(process), port, restarts);
        }

        /** The process, if it is still the one that was written down. */
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> started(process) == startedMillis);
        }

        private static long started(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    RunState {
        entries = List.copyOf(entries);
    }

    Optional<Entry> named(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    RunState with(Entry added) {
        List<Entry> all = new ArrayList<>(entries);
        all.removeIf(entry -> entry.name().equals(added.name()));
        all.add(added);
        return new RunState(all);
    }

    /** What the file says; empty when there is none. Lines that make no sense are skipped: they lead to no process. */
    static RunState read(Path file) {
        try {
            return new RunState(Files.readAllLines(file).stream()
                    .flatMap(line -> parse(line).stream())
                    .toList());
        } catch (NoSuchFileException e) {
            return new RunState(List.of());
        } catch (IOException e) {
            throw new StackFailure("cannot read " + file, e);
        }
    }

    void write(Path file) {
        List<String> lines = entries.stream()
                .map(entry -> entry.name() + " " + entry.pid() + " " + entry.startedMillis() + " " + entry.port() + " "
                        + entry.restarts())
                .toList();
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.write(unfinished, lines);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackFailure("cannot write " + file, e);
        }
    }

    private static Optional<Entry> parse(String line) {
        String[] fields = line.split(" ", -1);
        try {
            return fields.length == FIELDS
                    ? Optional.of(new Entry(
                            fields[0],
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Integer.parseInt(fields[3]),
                            Integer.parseInt(fields[4])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
