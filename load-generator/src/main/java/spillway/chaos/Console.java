package spillway.chaos;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import spillway.chaos.Injector.Struck;
import spillway.load.report.Table;

/** The story as it goes: a line per fault, and how it stands as one moving line, or in a pipe as a plain one now and then. */
final class Console implements ChaosRun.Story, AutoCloseable {

    private static final Duration MOVING = Duration.ofMillis(500);
    private static final Duration PLAIN = Duration.ofSeconds(30);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private boolean moving;

    Console(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void begins(ChaosRun.Supplying status) {
        long every = (terminal ? MOVING : PLAIN).toMillis();
        var unused = ticks.scheduleWithFixedDelay(() -> show(status.line()), every, every, TimeUnit.MILLISECONDS);
    }

    private synchronized void show(String status) {
        if (terminal) {
            out.print(CLEAR + Table.cut(status));
            out.flush();
            moving = true;
        } else {
            say(Table.cut(status));
        }
    }

    @Override
    public void struck(Struck struck) {
        say(Report.line(struck));
    }

    @Override
    public synchronized void say(String line) {
        if (moving) {
            out.print(CLEAR);
            moving = false;
        }
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
