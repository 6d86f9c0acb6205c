package spillway.stack.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.StackFailure;
import spillway.stack.process.StopSignal;
import spillway.stack.server.Installation;

/**
 * How a service is started: from its extracted jar, which the JVM reads faster than a jar of jars, with a recorded cache of
 * loaded classes where the preparation made one.
 *
 * @param secrets the configuration tree with the secrets
 * @param extent decides on the compilers
 * @param notes receives what the user should know although nothing failed
 */
record ServiceLaunch(Installation installation, Path secrets, Extent extent, Consumer<String> notes) {

    private static final int HTTP_MILLIS = 2_000;
    private static final int OK = 200;
    private static final Duration GRACE = Duration.ofSeconds(20);

    /**
     * On two cores that five JVMs share, the second compiler's work at the start costs more than its code gives back within
     * minutes (docs/adr/0007). The lab warms up first and measures what stays.
     */
    static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    /**
     * The cache fits only a JVM with the same collector and heap layout: training and start share these. More carriers than cores, because a virtual thread that waits for a class to be
     * initialized keeps its carrier, and the first requests after a start do that together.
     */
    static final List<String> JVM = List.of(
            "-Xmx384m",
            "-Djdk.virtualThreadScheduler.parallelism=16",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    Component.Started start(Service service, int port, int healthPort) {
        ExtractedService extracted = ExtractedService.of(service, installation);
        Folders folders = Folders.of(installation);
        Path cacheLog = folders.log(service.name() + "-aot");
        List<String> command = new ArrayList<>();
        command.add(Installation.javaExecutable());
        command.addAll(JVM);
        if (extent != Extent.LAB) {
            command.add(FIRST_COMPILER_ONLY);
        }
        command.addAll(extracted.cacheOptions(cacheLog));
        command.addAll(List.of("-jar", extracted.jar().toString(), "--server.port=" + port));
        command.addAll(service.arguments());
        ChildProcess process = ChildProcess.start(new Command(
                service.name(),
                command,
                environment(),
                extracted.folder(),
                folders.log(service.name()),
                StopSignal.TERM,
                GRACE));
        String readiness = "http://127.0.0.1:" + healthPort + "/actuator/health/readiness";
        return new Component.Started(process, limit -> {
            process.await(() -> answersOk(readiness), limit);
            if (extracted.isPrepared() && !extracted.cacheWasUsed(cacheLog)) {
                notes.accept(service.name() + " started without its cache, see " + cacheLog);
            }
        });
    }

    Map<String, String> environment() {
        return Map.of("SPRING_CONFIG_IMPORT", "configtree:" + secrets + "/", "MALLOC_ARENA_MAX", "2");
    }

    static void requireJar(Service service, Installation installation) {
        if (!Files.exists(service.jar(installation))) {
            throw new StackFailure("not built yet: " + service.jar(installation));
        }
    }

    private static boolean answersOk(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(HTTP_MILLIS);
            connection.setReadTimeout(HTTP_MILLIS);
            try {
                return connection.getResponseCode() == OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
