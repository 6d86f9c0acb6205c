package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** Runs the load generator in the foreground, on our terminal. */
final class LoadGenerator {

    private static final String JAR = "load-generator/target/load-generator.jar";
    private static final String BASE_URL = "--base-url";
    private static final String COUNTER_METERS = "--counter-meters";
    private static final String SHED_LEDGER = "--shed-ledger";

    private LoadGenerator() {}

    /** Its exit code; {@code ports} say where it aims unless the arguments say otherwise. */
    static int run(Installation installation, Map<StackPort, Integer> ports, List<String> arguments) {
        Path jar = installation.root().resolve(JAR);
        if (!Files.exists(jar)) {
            throw new StackFailure("not built yet: " + jar);
        }
        List<String> command = new ArrayList<>(
                List.of(Installation.javaExecutable(), "-XX:+UseSerialGC", "-Xmx512m", "-jar", jar.toString()));
        command.addAll(arguments);
        boolean aimed = arguments.stream().anyMatch(argument -> argument.startsWith(BASE_URL));
        boolean asks = arguments.isEmpty() || arguments.getFirst().startsWith("-");
        if (!aimed && !asks) {
            command.addAll(List.of(BASE_URL, Urls.gateway(ports), COUNTER_METERS, Urls.counterMeters(ports)));
            command.addAll(List.of(SHED_LEDGER, Urls.shedLedger(ports)));
        }
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new StackFailure("the load generator cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted");
        }
    }
}
