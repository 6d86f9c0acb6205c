package spillway.stack.launch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** Extracting the services and recording their caches, once per build of each. */
final class Preparation {

    private Preparation() {}

    /** Prepares the services of an extent that are not; none when all are. */
    static void of(Installation installation, Map<StackPort, Integer> ports, Extent extent, Screen screen) {
        if (extent == Extent.SERVERS) {
            return;
        }
        Secrets secrets = Secrets.of(Folders.of(installation));
        ServiceLaunch launch = new ServiceLaunch(installation, secrets.folder(), extent, screen::line);
        List<ExtractedService> missing = new Blueprint(installation, ports, secrets, screen::line)
                .services(extent).stream()
                        .map(service -> ExtractedService.of(service, installation))
                        .filter(service -> !service.isPrepared())
                        .collect(Collectors.toMap(ExtractedService::folder, service -> service, (one, twin) -> one))
                        .values()
                        .stream()
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
