package spillway.stack.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import spillway.stack.process.Detached;
import spillway.stack.process.LogTail;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** Starts the stack in the background. */
@Command(name = "up", description = "Starts the stack in the background and waits until it is ready.")
final class UpCommand implements Callable<Integer> {

    @ArgGroup
    private Wanted wanted = new Wanted();

    private static final class Wanted {
        @Option(names = "--servers-only", description = "Start no services, for those run elsewhere.")
        private boolean serversOnly;

        @Option(names = "--lab", description = "Start the monolith too, and every service with both compilers.")
        private boolean lab;

        private Extent extent() {
            return serversOnly ? Extent.SERVERS : lab ? Extent.LAB : Extent.EVERYTHING;
        }
    }

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        Screen screen = Screen.standard();
        Optional<RunningStack> running = RunningStack.find(installation);
        if (running.isPresent()) {
            long pid = running.get().supervisor().pid();
            boolean up = running.get().isUp();
            screen.line("The stack is already " + (up ? "up" : "starting") + " (supervisor pid " + pid + ")");
            if (!up && !running.get().awaitUp(screen)) {
                return Main.FAILED;
            }
        } else {
            start(installation, ports, screen);
        }
        RunningStack.find(installation)
                .flatMap(RunningStack::gateway)
                .map(Urls::of)
                .orElse(List.of())
                .forEach(screen::line);
        screen.line("  ./spillway status   ./spillway down");
        return 0;
    }

    private void start(Installation installation, Map<StackPort, Integer> ports, Screen screen) {
        Folders folders = Folders.of(installation);
        Extent extent = wanted.extent();
        Preflight.check(extent.portsIn(ports), folders, screen::line);
        Preparation.of(installation, ports, extent, screen);
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
        if (new RunningStack(folders, supervisor).awaitUp(screen)) {
            return;
        }
        Optional<RunningStack> faster = RunningStack.find(installation);
        if (faster.isEmpty() || !faster.get().awaitUp(screen)) {
            List<String> said = LogTail.of(log);
            throw new StackFailure("the stack did not start, its logs are in " + folders.logs(), said);
        }
    }
}
