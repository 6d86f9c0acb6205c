package spillway.stack.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.StackFailure;
import spillway.stack.process.StopSignal;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;

/**
 * A service's jar, extracted once per build of it, and the ahead-of-time cache the JVM recorded in a training start.
 *
 * @param folder named by module and the jar's checksum: a new build never meets an old cache, an unchanged one keeps it
 */
record ExtractedService(Service service, Path folder) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    static ExtractedService of(Service service, Installation installation) {
        ServiceLaunch.requireJar(service, installation);
        Path jar = service.jar(installation);
        try (CheckedInputStream content = new CheckedInputStream(Files.newInputStream(jar), new CRC32())) {
            content.transferTo(OutputStream.nullOutputStream());
            String build = Long.toHexString(content.getChecksum().getValue());
            return new ExtractedService(
                    service, Folders.of(installation).cache().resolve(service.module() + "-" + build));
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
    List<String> cacheOptions(Path log) {
        return isPrepared() ? List.of("-XX:AOTCache=" + cache(), "-Xlog:aot=info:file=" + log) : List.of();
    }

    /**
     * Whether the JVM says in its log that it opened the cache and kept it. When it cannot use one it says so there and
     * starts slowly.
     */
    boolean cacheWasUsed(Path log) {
        try {
            String said = Files.readString(log);
            return said.contains("Opened AOT cache") && !said.contains("Unable to");
        } catch (IOException e) {
            return false;
        }
    }

    /** Extracts the jar and records the cache; a folder of an earlier build is deleted. */
    void prepare(Installation installation, ServiceLaunch launch) {
        extract(installation);
        try {
            train(launch, log(installation));
        } catch (IOException e) {
            throw new StackFailure("cannot record the start of " + service.module(), e);
        }
    }

    /** Without a cache: enough to run, though it starts slowly. */
    void extract(Installation installation) {
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
                            log(installation)),
                    LIMIT);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackFailure("cannot extract " + service.module(), e);
        }
    }

    private Path log(Installation installation) {
        return Folders.of(installation).log("prepare-" + service.name());
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
        verify(log);
    }

    /** A JVM told to run with the cache or not at all must accept it. */
    private void verify(Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Installation.javaExecutable());
        command.addAll(ServiceLaunch.JVM);
        command.addAll(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache(), "-cp", jar().toString(), "-version"));
        try {
            ChildProcess.run(new Command("checking the cache of " + service.module(), command, folder, log), LIMIT);
        } catch (StackFailure e) {
            Files.delete(cache());
            throw e;
        }
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
