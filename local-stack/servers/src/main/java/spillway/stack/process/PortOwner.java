package spillway.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Who listens on a port, as far as this user may know: from {@code /proc}, else from {@code lsof}. */
public final class PortOwner {

    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int LONGEST = 30;

    private PortOwner() {}

    /** For example {@code pid 4711 (java -jar shop.jar)}; {@code another process} when that cannot be known. */
    public static String of(int port) {
        Optional<Long> pid = Files.isDirectory(Path.of("/proc/net")) ? fromProc(port) : fromLsof(port);
        return pid.map(PortOwner::describe).orElse("another process");
    }

    private static String describe(long pid) {
        String command = ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .flatMap(info -> info.commandLine().or(info::command))
                .map(line -> line.replaceFirst("^\\S*/", ""))
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line)
                .orElse("unknown command");
        return "pid " + pid + " (" + command + ")";
    }

    private static Optional<Long> fromProc(int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream())
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields ->
                        fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTEN))
                .map(fields -> "socket:[" + fields[INODE] + "]")
                .flatMap(socket -> holder(socket).stream())
                .findFirst();
    }

    private static Optional<Long> holder(String socket) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holds(pid, socket))
                .findFirst();
    }

    private static boolean holds(long pid, String socket) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors.anyMatch(descriptor -> target(descriptor).equals(socket));
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Long> fromLsof(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            lsof.waitFor(1, TimeUnit.SECONDS);
            return Arrays.stream(said.split("\\s+", -1))
                    .filter(pid -> pid.matches("\\d+"))
                    .map(Long::valueOf)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // no lsof here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
