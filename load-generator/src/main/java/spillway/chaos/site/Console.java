package spillway.chaos.site;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import spillway.load.report.Table;

/** The story as it goes: a line per event, and how it stands as one moving line, or in a pipe as a plain one now and then. */
public final class Console implements AutoCloseable {

    private static final Duration MOVING = Duration.ofMillis(500);
    private static final Duration PLAIN = Duration.ofSeconds(30);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private boolean moving;

    public Console(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Tells from now on how it stands, now and then. */
    public void follow(Supplier<String> status) {
        long every = (terminal ? MOVING : PLAIN).toMillis();
        var unused = ticks.scheduleWithFixedDelay(() -> show(status.get()), every, every, TimeUnit.MILLISECONDS);
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
