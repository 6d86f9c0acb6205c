package spillway.stack.launch;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import spillway.stack.process.Pause;

/**
 * Processes of a supervisor that was killed. Their lifelines end them by themselves; this waits for that, and kills what
 * lasts longer, but only what is provably ours by pid and start instant.
 */
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Leftovers() {}

    static void await(Folders folders, Consumer<String> notes) {
        List<ProcessHandle> alive = alive(folders);
        if (alive.isEmpty()) {
            return;
        }
        notes.accept("the last stack was killed; waiting for %d of its processes to end".formatted(alive.size()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!alive.isEmpty() && System.nanoTime() - deadline < 0) {
            Pause.briefly();
            alive = alive(folders);
        }
        alive.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> alive(Folders folders) {
        return RunState.read(folders.runState()).entries().stream()
                .flatMap(entry -> entry.process().stream())
                .toList();
    }
}
