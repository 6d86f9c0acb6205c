package spillway.stack.launch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** The stack under this process's own supervision, from the checks before its start to its end. */
final class LocalStack implements AutoCloseable {

    private final StackLock lock;
    private final Supervisor supervisor;

    private LocalStack(StackLock lock, Supervisor supervisor) {
        this.lock = lock;
        this.supervisor = supervisor;
    }

    /**
     * Starts everything; what can be checked is checked before anything is changed.
     *
     * @param watcher learns of all that happens, once it is certain that this process is the supervisor
     */
    static LocalStack start(
            Installation installation, Map<StackPort, Integer> ports, Extent extent, Consumer<ProgressEvent> watcher) {
        Folders folders = Folders.of(installation);
        StackLock lock = StackLock.take(folders.lock())
                .orElseThrow(() -> new StackFailure("a stack is already running: ./spillway status"));
        ProgressFile file = ProgressFile.create(folders);
        Consumer<ProgressEvent> progress = file.andThen(watcher);
        try {
            Consumer<String> notes = text -> progress.accept(new ProgressEvent(ProgressEvent.Kind.NOTE, "", 0, text));
            Preflight.check(extent.portsIn(ports), folders, notes);
            Secrets secrets = Secrets.of(folders);
            Blueprint blueprint = new Blueprint(installation, ports, secrets, notes);
            List<Component> components = blueprint.components(extent);
            Supervisor supervisor =
                    new Supervisor(components, ports, new StateFile(folders.runState()), Restarts.of(extent), progress);
            LocalStack stack = new LocalStack(lock, supervisor);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
            supervisor.start();
            return stack;
        } catch (StackFailure e) {
            file.accept(new ProgressEvent(ProgressEvent.Kind.FAILED, "", 0, e.headline()));
            e.evidence().forEach(line -> file.accept(new ProgressEvent(ProgressEvent.Kind.EVIDENCE, "", 0, line)));
            lock.close();
            throw e;
        }
    }

    @Override
    public void close() {
        supervisor.stop();
        lock.close();
    }
}
