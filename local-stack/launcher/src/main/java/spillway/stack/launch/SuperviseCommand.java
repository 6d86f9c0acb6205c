package spillway.stack.launch;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import spillway.stack.process.StackFailure;
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
        AtomicReference<@Nullable ProgressFile> progress = new AtomicReference<>();
        try {
            LocalStack.start(installation, ports, extent, () -> {
                ProgressFile file = ProgressFile.create(Folders.of(installation).progress());
                progress.set(file);
                return file;
            });
        } catch (StackFailure e) {
            ProgressFile file = progress.get();
            if (file == null) {
                throw e; // another supervisor's stack, and its progress
            }
            file.accept(new ProgressEvent(ProgressEvent.Kind.FAILED, "", 0, e.headline()));
            e.evidence().forEach(line -> file.accept(new ProgressEvent(ProgressEvent.Kind.NOTE, "", 0, "| " + line)));
            return Main.FAILED;
        }
        new CountDownLatch(1).await();
        return 0;
    }
}
