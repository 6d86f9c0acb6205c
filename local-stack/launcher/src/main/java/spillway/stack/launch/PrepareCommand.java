package spillway.stack.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import spillway.stack.server.Installation;

/** What is done once after a build. */
@Command(name = "prepare", hidden = true, description = "Extracts the services and records their caches.")
final class PrepareCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Preparation.of(installation, StackPort.from(System.getenv()), Extent.EVERYTHING, Screen.standard());
        return 0;
    }
}
