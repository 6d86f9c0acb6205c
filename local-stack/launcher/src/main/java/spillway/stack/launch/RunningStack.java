package spillway.stack.launch;

import java.time.Duration;
import java.util.Optional;
import spillway.stack.process.Pause;
import spillway.stack.server.Installation;

/** A stack that some supervisor runs, seen from another process through what it wrote down. */
record RunningStack(Folders folders, ProcessHandle supervisor) {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    static Optional<RunningStack> find(Installation installation) {
        Folders folders = Folders.of(installation);
        return RunState.read(folders.runState())
                .named(RunState.SUPERVISOR)
                .flatMap(RunState.Entry::process)
                .map(process -> new RunningStack(folders, process));
    }

    RunState state() {
        return RunState.read(folders.runState());
    }

    /** The address of its gateway, which may have been moved from where this process would start one. */
    Optional<String> gateway() {
        return state().named("gateway").map(entry -> "http://127.0.0.1:" + entry.port());
    }

    /** Whether all its processes are there; a stack on its way up or down has fewer. */
    boolean isComplete(int components) {
        return state().entries().stream()
                        .filter(entry -> entry.process().isPresent())
                        .count()
                == components + 1;
    }

    /** Asks the supervisor to stop everything and shows how that goes; true when it did. */
    boolean stop(Screen screen) {
        ProgressFile.Reader progress = new ProgressFile.Reader(folders.progress()).skipPresent();
        supervisor.destroy();
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (supervisor.isAlive() && System.nanoTime() - deadline < 0) {
            progress.next().forEach(screen::show);
            Pause.briefly();
        }
        progress.next().forEach(screen::show);
        return !supervisor.isAlive();
    }
}
