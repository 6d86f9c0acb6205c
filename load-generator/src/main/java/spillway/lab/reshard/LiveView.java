package spillway.lab.reshard;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.lab.reshard.Status.Move;

/** Shows a reshard as it goes: redrawn in place on a terminal; elsewhere a line for each change and one now and then. */
final class LiveView {

    private static final Duration PLAIN = Duration.ofSeconds(5);
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Map<Long, Stage> stages = new HashMap<>();
    private @Nullable Phase phase;
    private @Nullable Instant lastTotal;
    private int drawn;

    LiveView(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    synchronized void show(Status status) {
        if (terminal) {
            draw(StatusTable.lines(status, clock.instant()));
        } else {
            tell(status);
        }
    }

    /** The service does not answer at this moment. */
    synchronized void missed(String reason) {
        if (terminal) {
            draw(List.of("The service does not answer, asking again: " + reason));
        } else {
            out.println("The service does not answer, asking again: " + reason);
        }
        out.flush();
    }

    private void draw(List<String> lines) {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\r" + CLEAR_BELOW);
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    private void tell(Status status) {
        Instant now = clock.instant();
        if (status.phase() != phase) {
            out.println(StatusTable.headline(status, now));
            phase = status.phase();
        }
        for (Move move : status.moves()) {
            if (stages.put(move.id(), move.stage()) != move.stage()) {
                out.println("%-7s %s".formatted(StatusTable.name(move), StatusTable.name(move.stage())));
            }
        }
        Instant last = lastTotal;
        if (last == null || Duration.between(last, now).compareTo(PLAIN) >= 0) {
            out.println(StatusTable.total(status));
            lastTotal = now;
        }
        out.flush();
    }
}
