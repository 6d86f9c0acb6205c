package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.StackFailure;
import spillway.stack.process.StopSignal;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;

/**
 * A service's jar, extracted once per build of it, and the ahead-of-time cache the JVM recorded in a training start.
 *
 * @param folder named by module and the jar's size and time, so a new build never meets an old cache
 */
record ExtractedService(Service service, Path folder) {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    static ExtractedService of(Service service, Installation installation) {
        ServiceLaunch.requireJar(service, installation);
        Path jar = service.jar(installation);
        try {
            String build = Long.toHexString(Files.size(jar)) + "-"
                    + Long.toHexString(Files.getLastModifiedTime(jar).toMillis());
            Path folder = Folders.of(installation).cache().resolve(service.module() + "-" + build);
            return new ExtractedService(service, folder);
        } catch (IOException e) {
            throw new StackFailure("cannot read " + jar, e);
        }
    }

    Path jar() {
        return folder.resolve(service.module() + ".jar");
    }

    private Path cache() {
        return folder.resolve("app.aot");
    }

    boolean isPrepared() {
        return Files.exists(cache());
    }

    /** Empty when there is no cache: a slower start, nothing else. */
    List<String> cacheOptions() {
        return Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache(), "-Xlog:aot=info:stdout") : List.of();
    }

    /** Extracts the jar and records the cache; a folder of an earlier build is deleted. */
    void prepare(Installation installation, ServiceLaunch launch) {
        Path log = Folders.of(installation).log("prepare-" + service.name());
        try {
            Path caches = Folders.of(installation).cache();
            Files.createDirectories(caches);
            deleteOthers(caches);
            Path unfinished = Files.createTempDirectory(caches, service.module() + "-extracting");
            ChildProcess.run(
                    new Command(
                            "extracting " + service.module(),
                            List.of(
                                    Installation.javaExecutable(),
                                    "-Djarmode=tools",
                                    "-jar",
                                    service.jar(installation).toString(),
                                    "extract",
                                    "--force",
                                    "--destination",
                                    unfinished.toString()),
                            caches,
                            log),
                    LIMIT);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            train(launch, log);
        } catch (IOException e) {
            throw new StackFailure("cannot extract " + service.module(), e);
        }
    }

    private void train(ServiceLaunch launch, Path log) throws IOException {
        Path unfinished = folder.resolve("recording.aot");
        List<String> command = new ArrayList<>();
        command.add(Installation.javaExecutable());
        command.addAll(ServiceLaunch.JVM);
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + unfinished, "-Dspring.context.exit=onRefresh", "-jar", jar().toString()));
        command.addAll(service.arguments());
        ChildProcess.run(
                new Command(
                        "training " + service.module(),
                        command,
                        launch.environment(),
                        folder,
                        log,
                        StopSignal.TERM,
                        Duration.ofSeconds(5)),
                LIMIT);
        Files.move(unfinished, cache(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteOthers(Path caches) throws IOException {
        try (Stream<Path> all = Files.list(caches)) {
            for (Path old : all.filter(this::isOurs).toList()) {
                DataFolder.delete(old);
            }
        }
    }

    private boolean isOurs(Path path) {
        return path.getFileName().toString().startsWith(service.module() + "-");
    }
}
