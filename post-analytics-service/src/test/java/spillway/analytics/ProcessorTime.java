package spillway.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The processor time that a process on this Linux machine has used, to the hundredth of a second. */
record ProcessorTime(long pid) {

    private static final long MILLIS_PER_TICK = 10;
    private static final String LISTENING = "0A";

    static ProcessorTime ofThisProcess() {
        return new ProcessorTime(ProcessHandle.current().pid());
    }

    /** Of whichever process listens on a port. */
    static ProcessorTime ofServer(int port) {
        try {
            String socket = "socket:[" + inode(port) + "]";
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                return all.filter(process -> holds(process.pid(), socket))
                        .findFirst()
                        .map(process -> new ProcessorTime(process.pid()))
                        .orElseThrow(() -> new IllegalStateException("nobody listens on " + port));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inode(int port) throws IOException {
        String local = String.format(":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[1].endsWith(local) && fields[3].equals(LISTENING)) {
                    return fields[9];
                }
            }
        }
        throw new IllegalStateException("nobody listens on " + port);
    }

    private static boolean holds(long pid, String socket) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.anyMatch(file -> target(file).equals(socket));
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    Duration used() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Duration.ofMillis(MILLIS_PER_TICK * (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
