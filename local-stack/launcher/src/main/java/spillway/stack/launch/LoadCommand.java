package spillway.stack.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import spillway.stack.server.Installation;

/** Passes everything on to the load generator. */
@Command(name = "load", description = "Runs the load generator against the stack.")
final class LoadCommand implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Map<StackPort, Integer> ports = RunningStack.find(installation)
                .map(RunningStack::ports)
                .orElseGet(() -> StackPort.from(System.getenv()));
        return LoadGenerator.run(installation, ports, arguments);
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
