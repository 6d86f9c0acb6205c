package spillway.stack.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** A command of the lab: everything on the command line is for the lab itself, which gets the stack it measures. */
@Command
final class LabCommand implements Callable<Integer> {

    private static final List<String> QUESTIONS = List.of("--help", "-h", "--version", "-V");

    private final String name;
    private final boolean measures;

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    /**
     * @param measures whether it needs a stack; one that is not up yet is started for it and stopped afterwards. Others
     *     are told of the stack that is up, if there is one
     */
    LabCommand(String name, boolean measures) {
        this.name = name;
        this.measures = measures;
    }

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        LabProcess lab = new LabProcess(installation, name, arguments);
        Optional<RunningStack> running = RunningStack.find(installation);
        if (!measures || arguments.stream().anyMatch(QUESTIONS::contains)) {
            return lab.run(running.map(stack -> LabProcess.environment(stack.state(), Folders.of(installation), ports))
                    .orElse(Map.of()));
        }
        if (running.isPresent()) {
            RunState state = running.get().state();
            if (state.named("monolith").isEmpty()) {
                throw new StackFailure("a stack without the monolith is up: ./spillway down, then again"
                        + " (or ./spillway up --lab to keep one for the lab)");
            }
            return lab.run(LabProcess.environment(state, Folders.of(installation), ports));
        }
        Screen screen = Screen.standard();
        Preparation.of(installation, ports, Extent.LAB, screen);
        LocalStack stack = LocalStack.start(installation, ports, Extent.LAB, screen::show);
        try {
            Folders folders = Folders.of(installation);
            return lab.run(LabProcess.environment(RunState.read(folders.runState()), folders, ports));
        } finally {
            stack.close();
        }
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
