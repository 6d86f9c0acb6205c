package spillway.stack.launch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** What is done once after a build: extracting the services and recording their caches. */
@Command(name = "prepare", hidden = true, description = "Extracts the services and records their caches.")
final class PrepareCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Screen screen = Screen.standard();
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        Secrets secrets = Secrets.of(Folders.of(installation));
        ServiceLaunch launch = new ServiceLaunch(installation, secrets.folder(), screen::line);
        List<ExtractedService> missing = new Blueprint(installation, ports, secrets, screen::line)
                .services().stream()
                        .map(service -> ExtractedService.of(service, installation))
                        .filter(service -> !service.isPrepared())
                        .toList();
        try (ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<CompletableFuture<Void>> prepared = missing.stream()
                    .map(service ->
                            CompletableFuture.runAsync(() -> prepare(service, installation, launch, screen), cores))
                    .toList();
            CompletableFuture.allOf(prepared.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackFailure known ? known : e;
        }
        return 0;
    }

    private static void prepare(
            ExtractedService extracted, Installation installation, ServiceLaunch launch, Screen screen) {
        String name = extracted.service().name();
        long from = System.nanoTime();
        screen.show(ProgressEvent.of(ProgressEvent.Kind.PREPARING, name));
        extracted.prepare(installation, launch);
        long millis = Duration.ofNanos(System.nanoTime() - from).toMillis();
        screen.show(new ProgressEvent(ProgressEvent.Kind.PREPARED, name, millis, ""));
    }
}
