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
            String gateway = running.get().gateway().orElseGet(() -> Urls.gateway(StackPort.from(System.getenv())));
            int result = burst(installation, gateway);
            Urls.of(gateway).forEach(screen::line);
            return result;
        }
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        LocalStack stack = LocalStack.start(installation, ports, Extent.EVERYTHING, screen::show);
        try {
            int result = burst(installation, Urls.gateway(ports));
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

    private static int burst(Installation installation, String gateway) {
        return LoadGenerator.run(installation, gateway, List.of("black-friday"));
    }
}
