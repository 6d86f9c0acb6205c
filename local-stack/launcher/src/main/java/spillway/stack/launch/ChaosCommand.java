package spillway.stack.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import spillway.stack.process.StackFailure;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;

/**
 * Chaos on a stack of its own, which begins empty and leaves nothing behind: everything on the command line is for the
 * runner, which disturbs that stack.
 */
@Command
final class ChaosCommand implements Callable<Integer> {

    /** What needs no stack. */
    private static final List<String> QUESTIONS = List.of("--help", "-h", "--version", "-V", "--plan");

    /** How much of the stack each kind of chaos needs. */
    private static final Map<String, Extent> EXTENTS = Map.of("reshard", Extent.RESHARD, "overload", Extent.OVERLOAD);

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Installation installation = Installation.find();
        LabProcess runner = new LabProcess(installation, "chaos", arguments);
        if (arguments.isEmpty() || arguments.stream().anyMatch(QUESTIONS::contains)) {
            return runner.run(Map.of());
        }
        if (RunningStack.find(installation).isPresent()) {
            throw new StackFailure("a stack is up, and chaos needs one of its own: ./spillway down first");
        }
        Screen screen = Screen.standard();
        return run(installation, StackPort.from(System.getenv()), runner, screen);
    }

    private static int run(Installation installation, Map<StackPort, Integer> ports, LabProcess runner, Screen screen)
            throws IOException {
        Folders folders = Folders.of(installation);
        Extent extent = EXTENTS.getOrDefault(runner.arguments().getFirst(), Extent.CHAOS);
        Preparation.of(installation, ports, extent, screen);
        DataFolder.delete(folders.chaosData());
        // What the runner does to the stack, the runner tells.
        AtomicBoolean told = new AtomicBoolean(true);
        LocalStack stack = LocalStack.start(installation, ports, extent, event -> {
            if (told.get()) {
                screen.show(event);
            }
        });
        try {
            told.set(false);
            return runner.run(LabProcess.environment(RunState.read(folders.runState()), folders, ports));
        } finally {
            told.set(true);
            stack.close();
            DataFolder.delete(folders.chaosData());
        }
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
