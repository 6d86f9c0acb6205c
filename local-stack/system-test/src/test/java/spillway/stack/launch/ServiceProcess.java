package spillway.stack.launch;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import spillway.stack.server.Installation;

/** One instance of a service as a process, which comes back on the port that it had. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Installation installation;
    private final Service service;
    private final int port;
    private final int healthPort;
    private Component.Started running;

    /**
     * Starts it, without waiting.
     *
     * @param name of the instance, which names its log
     * @param healthPort where it says that it is ready
     */
    ServiceProcess(
            Installation installation,
            String name,
            String module,
            StackPort kind,
            int port,
            int healthPort,
            List<String> properties) {
        this.installation = installation;
        this.service = new Service(name, module, kind, Set.of(), properties);
        this.port = port;
        this.healthPort = healthPort;
        this.running = launch();
    }

    private Component.Started launch() {
        ExtractedService extracted = ExtractedService.of(service, installation);
        if (!Files.exists(extracted.jar())) {
            extracted.extract(installation);
        }
        Folders folders = Folders.of(installation);
        return new ServiceLaunch(installation, Secrets.of(folders).folder(), Extent.CHAOS, note -> {})
                .start(service, port, healthPort);
    }

    void awaitReady() {
        running.awaitReady().accept(LIMIT);
    }

    /** Told to end, and started once it has; returns when it is ready. */
    void restart() {
        close();
        running = launch();
        awaitReady();
    }

    @Override
    public void close() {
        running.process().close();
    }
}
