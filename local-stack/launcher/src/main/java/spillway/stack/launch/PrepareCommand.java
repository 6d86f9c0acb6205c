package spillway.stack.launch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
        ServiceLaunch launch = new ServiceLaunch(installation, secrets.folder());
        List<Service> services = new Blueprint(installation, ports, secrets, screen::line).services();
        for (Service service : services) {
            ExtractedService extracted = ExtractedService.of(service, installation);
            if (!extracted.isPrepared()) {
                long from = System.nanoTime();
                extracted.prepare(installation, launch);
                long millis = (System.nanoTime() - from) / 1_000_000;
                screen.line("  %-12s prepared %5s".formatted(service.name(), Screen.seconds(millis)));
            }
        }
        return 0;
    }
}
