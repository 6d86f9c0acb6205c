package spillway.load.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the target is there at all: it counts as lost once no connection came about for a while, with no answer of any
 * kind in between. Thread-safe.
 */
final class Reachability {

    private final long giveUpNanos;
    private volatile @Nullable Silence silence;
    private volatile boolean lost;

    private record Silence(long since, String reason) {}

    Reachability(Duration giveUp) {
        this.giveUpNanos = giveUp.toNanos();
    }

    /** An answer came, or at least a connection. */
    void heard() {
        if (silence != null && !lost) {
            silence = null;
        }
    }

    void refused(long now, Throwable failure) {
        Silence current = silence;
        if (current == null) {
            silence = new Silence(now, String.valueOf(failure.getMessage()));
        } else if (now - current.since() >= giveUpNanos) {
            lost = true;
        }
    }

    /** Why nothing can be sent at the moment, or null when nothing is known against it. */
    @Nullable String trouble() {
        Silence current = silence;
        return current == null ? null : current.reason();
    }

    /** Once true, it stays so. */
    boolean isLost() {
        return lost;
    }
}
