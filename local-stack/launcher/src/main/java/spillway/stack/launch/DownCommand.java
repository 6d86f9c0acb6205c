package spillway.stack.launch;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import spillway.stack.process.StackFailure;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;

/** Stops the stack, whoever runs it. */
@Command(name = "down", description = "Stops the stack and keeps its data.")
final class DownCommand implements Callable<Integer> {

    @Option(names = "--wipe", description = "Also delete all data, secrets and logs.")
    private boolean wipe;

    @Override
    public Integer call() throws IOException {
        Installation installation = Installation.find();
        Folders folders = Folders.of(installation);
        Screen screen = Screen.standard();
        Optional<RunningStack> running = RunningStack.find(installation);
        if (running.isEmpty()) {
            screen.line("No stack is running");
        } else if (!running.get().stop(screen)) {
            throw new StackFailure(
                    "the supervisor (pid " + running.get().supervisor().pid() + ") does not end");
        }
        Leftovers.await(folders, screen::line);
        if (wipe) {
            DataFolder.delete(folders.data());
            DataFolder.delete(folders.chaosData());
            DataFolder.delete(folders.secrets());
            DataFolder.delete(folders.logs());
            screen.line("Data, secrets and logs are deleted");
        }
        return 0;
    }
}
