package spillway.stack.launch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import spillway.stack.server.Installation;

/** The main job: the stack, a Black Friday burst, the proof that the counts are exact. */
@Command(name = "demo", description = "Starts the stack, runs a Black Friday burst and proves the counts exact.")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Stop after the report instead of staying up.")
    private boolean exit;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = Installation.find();
        Screen screen = Screen.standard();
        Optional<RunningStack> running = RunningStack.find(installation);
        if (running.isPresent()) {
            screen.line("Using the stack that is already up");
            Map<StackPort, Integer> itsPorts = running.get().ports();
            int result = burst(installation, itsPorts);
            Urls.of(Urls.gateway(itsPorts)).forEach(screen::line);
            return result;
        }
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        LocalStack stack = LocalStack.start(installation, ports, Extent.EVERYTHING, screen::show);
        try {
            int result = burst(installation, ports);
            if (!exit) {
                Urls.of(Urls.gateway(ports)).forEach(screen::line);
                screen.line("  Ctrl-C stops the stack; its data stays in " + installation.state());
                new CountDownLatch(1).await();
            }
            return result;
        } finally {
            stack.close();
        }
    }

    private static int burst(Installation installation, Map<StackPort, Integer> ports) {
        return LoadGenerator.run(installation, ports, List.of("black-friday"));
    }
}
