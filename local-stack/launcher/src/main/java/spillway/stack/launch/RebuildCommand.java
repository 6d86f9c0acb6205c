package spillway.stack.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/**
 * Runs the like-batcher's rebuild on our terminal, against the stack that is up, or against another when the command line says
 * where that is.
 */
@Command
final class RebuildCommand implements Callable<Integer> {

    private static final String NAME = "rebuild-counters";
    private static final List<String> QUESTIONS = List.of("--help", "-h");
    private static final int NOT_REACHABLE = 3;

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        boolean addressed = arguments.stream().anyMatch(argument -> argument.startsWith("--spring."));
        if (addressed || arguments.stream().anyMatch(QUESTIONS::contains)) {
            return run(installation, List.of());
        }
        Optional<RunningStack> running = RunningStack.find(installation);
        if (running.isEmpty()) {
            Screen.standard().line("No stack is up: ./spillway up first, or say where Kafka and Redis are (--help)");
            return NOT_REACHABLE;
        }
        RunState state = running.get().state();
        return run(
                installation,
                List.of(
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + port(state, "kafka"),
                        "--spring.data.redis.port=" + port(state, "redis"),
                        "--spring.config.import=configtree:"
                                + Folders.of(installation).secrets() + "/"));
    }

    private static int port(RunState state, String server) {
        return state.named(server)
                .map(RunState.Entry::port)
                .orElseThrow(() -> new StackFailure("the stack that is up has no " + server));
    }

    private int run(Installation installation, List<String> addresses) {
        Service batcher = new Service(NAME, "like-batcher", StackPort.BATCHER, Set.of(), List.of());
        ExtractedService extracted = ExtractedService.of(batcher, installation);
        List<String> line = new ArrayList<>();
        line.add(Installation.javaExecutable());
        line.addAll(ServiceLaunch.JVM);
        line.addAll(extracted.cacheOptions(Folders.of(installation).log(NAME + "-aot")));
        line.add("-Dspillway.terminal=" + Boolean.getBoolean("spillway.terminal"));
        line.add("-jar");
        line.add((extracted.isPrepared() ? extracted.jar() : batcher.jar(installation)).toString());
        line.add(NAME);
        line.addAll(addresses);
        line.addAll(arguments);
        try {
            Process rebuild = new ProcessBuilder(line).inheritIO().start();
            // Ctrl-C reaches both; what it has to say and to tidy up comes before our end.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(rebuild), "end of the rebuild"));
            return rebuild.waitFor();
        } catch (IOException e) {
            throw new StackFailure("the rebuild cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted");
        }
    }

    private static void end(Process rebuild) {
        rebuild.destroy();
        rebuild.onExit().join();
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
