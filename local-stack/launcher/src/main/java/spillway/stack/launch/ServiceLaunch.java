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
     * minutes (docs/adr/0007). The lab warms up first and measures what stays. What has no port is killed again and again,
     * and never warm.
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

    /** One that is ready when it says so on its port for that. */
    Component.Started start(Service service, int port, int healthPort) {
        String readiness = "http://127.0.0.1:" + healthPort + "/actuator/health/readiness";
        ExtractedService extracted = ExtractedService.of(service, installation);
        ChildProcess process = start(service, extracted, List.of("--server.port=" + port));
        return new Component.Started(process, limit -> {
            process.await(() -> answersOk(readiness), limit);
            if (extracted.isPrepared() && !extracted.cacheWasUsed(cacheLog(service))) {
                notes.accept(service.name() + " started without its cache, see " + cacheLog(service));
            }
        });
    }

    /** One that has nobody to say so to: whether it works is for those to see who gave it work. */
    Component.Started start(Service service) {
        ChildProcess process = start(service, ExtractedService.of(service, installation), List.of());
        return new Component.Started(process, limit -> {});
    }

    private ChildProcess start(Service service, ExtractedService extracted, List<String> ports) {
        List<String> command = new ArrayList<>();
        command.add(Installation.javaExecutable());
        command.addAll(JVM);
        if (!extent.warmsUp() || service.port() == null) {
            command.add(FIRST_COMPILER_ONLY);
        }
        command.addAll(extracted.cacheOptions(cacheLog(service)));
        command.addAll(List.of("-jar", extracted.jar().toString()));
        command.addAll(ports);
        command.addAll(service.arguments());
        return ChildProcess.start(new Command(
                service.name(),
                command,
                environment(),
                extracted.folder(),
                Folders.of(installation).log(service.name()),
                StopSignal.TERM,
                GRACE));
    }

    private Path cacheLog(Service service) {
        return Folders.of(installation).log(service.name() + "-aot");
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
