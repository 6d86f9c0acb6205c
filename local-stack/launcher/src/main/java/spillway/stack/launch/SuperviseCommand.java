package spillway.stack.launch;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import spillway.stack.server.Installation;

/** The detached supervisor behind {@code up}: runs until it is told to stop. */
@Command(name = "supervise", hidden = true, description = "Runs the stack for 'up'.")
final class SuperviseCommand implements Callable<Integer> {

    @Parameters
    private Extent extent = Extent.EVERYTHING;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = Installation.find();
        Map<StackPort, Integer> ports = StackPort.from(System.getenv());
        LocalStack.start(installation, ports, extent, event -> {});
        new CountDownLatch(1).await();
        return 0;
    }
}
