package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import spillway.stack.process.PortOwner;
import spillway.stack.process.Ports;
import spillway.stack.process.StackFailure;

/** What must hold before anything is started, so that a start that cannot succeed changes nothing. */
final class Preflight {

    private static final long MIB = 1024 * 1024;
    private static final long NEEDED_MIB = 2 * 1024;

    private Preflight() {}

    static void check(Map<StackPort, Integer> ports, Folders folders, Consumer<String> notes) {
        Leftovers.await(folders, notes);
        List<String> taken = ports.entrySet().stream()
                .filter(entry -> Ports.isTaken(entry.getValue()))
                .map(entry -> "port %d (%s) is taken by %s: free it or set %s"
                        .formatted(
                                entry.getValue(),
                                entry.getKey().label(),
                                PortOwner.of(entry.getValue()),
                                entry.getKey().variable()))
                .toList();
        if (!taken.isEmpty()) {
            throw new StackFailure(taken.getFirst(), taken.subList(1, taken.size()));
        }
        checkSpace(folders.state());
    }

    private static void checkSpace(Path state) {
        try {
            Files.createDirectories(state);
            long free = Files.getFileStore(state).getUsableSpace() / MIB;
            if (free < NEEDED_MIB) {
                throw new StackFailure("only %d MiB are free on the disk of %s, the stack wants %d"
                        .formatted(free, state, NEEDED_MIB));
            }
        } catch (IOException e) {
            throw new StackFailure("cannot use " + state, e);
        }
    }
}
