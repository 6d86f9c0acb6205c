package spillway.stack.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import spillway.stack.process.Detached;
import spillway.stack.process.LogTail;
import spillway.stack.process.Pause;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** Starts the stack in the background. */
@Command(name = "up", description = "Starts the stack in the background and waits until it is ready.")
final class UpCommand implements Callable<Integer> {

    @Option(names = "--servers-only", description = "Start no services, for those run elsewhere.")
    private boolean serversOnly;

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        Screen screen = Screen.standard();
        Optional<RunningStack> running = RunningStack.find(installation);
        if (running.isPresent()) {
            screen.line("The stack is already up (supervisor pid "
                    + running.get().supervisor().pid() + ")");
            running.get().gateway().map(Urls::of).orElse(List.of()).forEach(screen::line);
            return 0;
        }
        if (serversOnly) {
            return start(installation, Extent.SERVERS, screen) ? 0 : Main.FAILED;
        }
        if (!start(installation, Extent.EVERYTHING, screen)) {
            return Main.FAILED;
        }
        Urls.of(Urls.gateway(ports)).forEach(screen::line);
        screen.line("  ./spillway load black-friday   ./spillway status   ./spillway down");
        return 0;
    }

    private static boolean start(Installation installation, Extent extent, Screen screen) {
        Folders folders = Folders.of(installation);
        ProgressFile.create(folders.progress());
        Path log = folders.log("supervisor");
        List<String> command = installation.java(
                "launcher",
                List.of(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dspillway.home=" + installation.root()),
                Main.class.getName(),
                List.of("supervise", extent.name()));
        ProcessHandle supervisor =
                Detached.start(new spillway.stack.process.Command("supervisor", command, installation.root(), log));
        ProgressFile.Reader progress = new ProgressFile.Reader(folders.progress());
        boolean failed = false;
        while (true) {
            boolean alive = supervisor.isAlive();
            for (ProgressEvent event : progress.next()) {
                screen.show(event);
                if (event.kind() == ProgressEvent.Kind.UP) {
                    return true;
                }
                failed |= event.kind() == ProgressEvent.Kind.FAILED;
            }
            if (!alive && failed) {
                return false;
            }
            if (!alive) {
                throw new StackFailure("the stack did not start, logs in " + folders.logs(), LogTail.of(log));
            }
            Pause.briefly();
        }
    }
}
