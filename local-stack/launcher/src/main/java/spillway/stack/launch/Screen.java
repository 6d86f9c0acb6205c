package spillway.stack.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Progress for a person. On a terminal the last line says what is still under way; in a pipe there are only whole lines.
 * There is no colour to switch off. Thread-safe.
 */
final class Screen {

    private static final int WIDTH = 79;
    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> underWay = new LinkedHashSet<>();
    private boolean statusShown;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** As the launcher script saw it: it knows whether it writes to a terminal. */
    static Screen standard() {
        return new Screen(System.out, Boolean.getBoolean("spillway.terminal"));
    }

    synchronized void show(ProgressEvent event) {
        switch (event.kind()) {
            case PREPARING, STARTING -> underWay.add(event.component());
            case READY -> {
                underWay.remove(event.component());
                component(event, "ready");
            }
            case PREPARED -> {
                underWay.remove(event.component());
                component(event, "prepared");
            }
            case STOPPED -> {
                underWay.remove(event.component());
                component(event, "stopped");
            }
            case FAILED -> {
                underWay.clear();
                line(event.text());
            }
            case EVIDENCE -> line("  | " + event.text());
            case ENDED -> line("  %s %s".formatted(event.component(), event.text()));
            case NOTE -> line("  " + event.text());
            case UP -> {
                underWay.clear();
                line("Stack up in " + seconds(event.millis()));
            }
            case DOWN -> {
                underWay.clear();
                line("Stack down in " + seconds(event.millis()));
            }
        }
        status();
    }

    private void component(ProgressEvent event, String word) {
        line("  %-12s %-8s %8s   %s"
                .formatted(event.component(), word, seconds(event.millis()), event.text())
                .stripTrailing());
    }

    synchronized void line(String text) {
        if (statusShown) {
            out.print(CLEAR);
            statusShown = false;
        }
        out.println(text);
        out.flush();
    }

    private void status() {
        if (!terminal) {
            return;
        }
        if (underWay.isEmpty()) {
            if (statusShown) {
                out.print(CLEAR);
            }
            statusShown = false;
        } else {
            String text = "  under way: " + String.join(", ", underWay);
            out.print(CLEAR + text.substring(0, Math.min(WIDTH, text.length())));
            statusShown = true;
        }
        out.flush();
    }

    static String seconds(long millis) {
        return String.format(
                Locale.ROOT, "%.1f s", millis / (double) Duration.ofSeconds(1).toMillis());
    }
}
