package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/**
 * The lab in the foreground, on our terminal. It learns of the stack by its environment: for each component
 * {@code SPILLWAY_LAB_<NAME>} is {@code port pid}, {@code SPILLWAY_LAB_GATEWAY_MANAGEMENT} a port, and
 * {@code SPILLWAY_LAB_SECRETS} the folder with the passwords, {@code SPILLWAY_LAB_PROCESSES} the file that names the
 * processes as they change; {@code SPILLWAY_LAB_STATE}, with or without a stack, is the folder in which it keeps what it
 * learned. It does not outlive this process's orderly end.
 */
record LabProcess(Installation installation, String command, List<String> arguments) {

    private static final String JAR = "load-generator/target/load-generator.jar";
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final String MAIN = "spillway.lab.Lab";

    static Map<String, String> environment(RunState state, Folders folders, Map<StackPort, Integer> ports) {
        Map<String, String> environment = new HashMap<>();
        for (RunState.Entry entry : state.entries()) {
            String name = entry.name().toUpperCase(Locale.ROOT).replace('-', '_');
            environment.put("SPILLWAY_LAB_" + name, entry.port() + " " + entry.pid());
        }
        environment.put("SPILLWAY_LAB_GATEWAY_MANAGEMENT", String.valueOf(ports.get(StackPort.GATEWAY_MANAGEMENT)));
        environment.put("SPILLWAY_LAB_REDIS_WIRE", String.valueOf(ports.get(StackPort.REDIS_WIRE)));
        environment.put("SPILLWAY_LAB_SECRETS", folders.secrets().toString());
        environment.put("SPILLWAY_LAB_PROCESSES", folders.runState().toString());
        return environment;
    }

    /** Its exit code. */
    int run(Map<String, String> stack) {
        Path jar = installation.root().resolve(JAR);
        if (!Files.exists(jar)) {
            throw new StackFailure("not built yet: " + jar);
        }
        List<String> line = new ArrayList<>(List.of(
                Installation.javaExecutable(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                jar.toString(),
                MAIN,
                command));
        line.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(line).inheritIO();
        process.environment().putAll(stack);
        process.environment().put("SPILLWAY_LAB_STATE", installation.state().toString());
        try {
            Process lab = process.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(lab), "end of the lab"));
            return lab.waitFor();
        } catch (IOException e) {
            throw new StackFailure("the lab cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted");
        }
    }

    /** Ctrl-C reaches both; what the lab has to say then comes before our end. */
    private static void end(Process lab) {
        lab.destroy();
        try {
            lab.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
