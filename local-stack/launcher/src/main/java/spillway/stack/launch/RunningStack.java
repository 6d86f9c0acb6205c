package spillway.stack.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spillway.stack.process.Pause;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** A stack that some supervisor runs, seen from another process through what it wrote down. */
record RunningStack(Folders folders, ProcessHandle supervisor) {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
    private static final String GATEWAY = "gateway";
    private static final String BATCHER = "batcher";

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

    /** The address of its gateway, if it has one. */
    Optional<String> gateway() {
        return state().named(GATEWAY).map(entry -> Urls.gateway(ports()));
    }

    /** Where its parts are, which may have been moved from where this process would start them. */
    Map<StackPort, Integer> ports() {
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.from(System.getenv()));
        state().named(GATEWAY).ifPresent(entry -> ports.put(StackPort.GATEWAY, entry.port()));
        state().named(BATCHER).ifPresent(entry -> ports.put(StackPort.BATCHER, entry.port()));
        return ports;
    }

    /** Shows what happens until the stack is up; false when its supervisor ends without a word. */
    boolean awaitUp(Screen screen) {
        ProgressFile.Reader progress = new ProgressFile.Reader(folders.progress(supervisor.pid()));
        List<ProgressEvent> failure = new ArrayList<>();
        while (true) {
            boolean alive = supervisor.isAlive();
            for (ProgressEvent event : progress.next()) {
                if (event.kind() == ProgressEvent.Kind.FAILED || event.kind() == ProgressEvent.Kind.EVIDENCE) {
                    failure.add(event);
                } else {
                    screen.show(event);
                }
                if (event.kind() == ProgressEvent.Kind.UP) {
                    return true;
                }
            }
            if (!alive && failure.isEmpty()) {
                return false;
            }
            if (!alive) {
                List<String> evidence =
                        failure.stream().skip(1).map(ProgressEvent::text).toList();
                throw new StackFailure(failure.getFirst().text(), evidence);
            }
            Pause.briefly();
        }
    }

    boolean isUp() {
        return new ProgressFile.Reader(folders.progress(supervisor.pid()))
                .next().stream().anyMatch(event -> event.kind() == ProgressEvent.Kind.UP);
    }

    /** Asks the supervisor to stop everything and shows how that goes; true when it did. */
    boolean stop(Screen screen) {
        ProgressFile.Reader progress = new ProgressFile.Reader(folders.progress(supervisor.pid())).skipPresent();
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
