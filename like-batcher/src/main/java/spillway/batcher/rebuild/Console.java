package spillway.batcher.rebuild;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells on a terminal, with one line for progress, or in a log, with a line every few seconds. Not thread-safe. */
final class Console implements Narrator {

    private static final int WIDTH = 79;
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_LOG = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private String what = "";
    private long startNanos;
    private long startDone;
    private long shownNanos;
    private boolean open;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void say(String line) {
        endOfProgress();
        out.println(line);
        out.flush();
    }

    @Override
    public void progress(String part, long done, long total) {
        long now = System.nanoTime();
        if (!part.equals(what)) {
            what = part;
            startNanos = now;
            startDone = done;
            shownNanos = now - IN_LOG.toNanos() + ON_TERMINAL.toNanos();
        }
        if (now - shownNanos < (terminal ? ON_TERMINAL : IN_LOG).toNanos()) {
            return;
        }
        shownNanos = now;
        String line = line(part, done, total, (done - startDone) * 1e9 / Math.max(1, now - startNanos));
        if (terminal) {
            out.print("\r\033[K" + line.substring(0, Math.min(WIDTH, line.length())));
            open = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    static String line(String part, long done, long total, double perSecond) {
        String left = perSecond < 1 || done >= total
                ? ""
                : String.format(Locale.ROOT, "  %,.0f s left", (total - done) / perSecond);
        return String.format(Locale.ROOT, "  %-10s %,d of %,d  %,.0f/s%s", part, done, total, perSecond, left);
    }

    private void endOfProgress() {
        if (open) {
            out.print("\r\033[K");
            open = false;
        }
    }
}
