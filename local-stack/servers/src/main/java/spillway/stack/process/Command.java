package spillway.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run as a child process.
 *
 * @param name how the user knows it; names its log
 * @param arguments the program and its arguments
 * @param environment added to the supervisor's own
 * @param folder its working folder, which must exist
 * @param log where its output is appended
 * @param signal asks it to end
 * @param grace how long it may take to end before it is killed; whole seconds
 */
public record Command(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        Path folder,
        Path log,
        StopSignal signal,
        Duration grace) {

    public Command {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("nothing to run for " + name);
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public Command(String name, List<String> arguments, Path folder, Path log) {
        this(name, arguments, Map.of(), folder, log, StopSignal.TERM, Duration.ofSeconds(20));
    }

    public Command stoppedBy(StopSignal stopSignal) {
        return new Command(name, arguments, environment, folder, log, stopSignal, grace);
    }

    public Command with(Map<String, String> variables) {
        return new Command(name, arguments, variables, folder, log, signal, grace);
    }
}
