package spillway.stack.launch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import spillway.stack.server.Installation;

/** Says what runs. */
@Command(name = "status", description = "Shows the stack's processes; exit code 1 when it is not up.")
final class StatusCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Screen screen = Screen.standard();
        Optional<RunningStack> running = RunningStack.find(Installation.find());
        if (running.isEmpty()) {
            screen.line("No stack is running");
            return Main.FAILED;
        }
        boolean all = true;
        for (RunState.Entry entry : running.get().state().entries()) {
            boolean alive = entry.process().isPresent();
            all &= alive;
            screen.line("  %-12s %-7s pid %-8d %-10s %s"
                    .formatted(
                            entry.name(),
                            alive ? "running" : "ended",
                            entry.pid(),
                            entry.port() == 0 ? "" : "port " + entry.port(),
                            restarts(entry.restarts()))
                    .stripTrailing());
        }
        running.get().gateway().map(Urls::of).orElse(List.of()).forEach(screen::line);
        return all ? 0 : Main.FAILED;
    }

    private static String restarts(int number) {
        return switch (number) {
            case 0 -> "";
            case 1 -> "restarted once";
            default -> "restarted " + number + " times";
        };
    }
}
