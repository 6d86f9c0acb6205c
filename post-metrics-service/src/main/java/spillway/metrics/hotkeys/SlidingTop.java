package spillway.metrics.hotkeys;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The heaviest keys of the last while: a ring of panes, each a {@link SpaceSaving} of its own, added up when asked. The
 * window moves by whole panes, so it covers between {@value #PANES} - 1 and {@value #PANES} panes. Memory is bounded by
 * panes times places, whatever comes. Thread-safe.
 */
public final class SlidingTop {

    private static final int PANES = 10;

    private final SpaceSaving[] panes;
    private final long paneNanos;
    private final LongSupplier nanos;
    private long current;

    /** @param places keys counted per pane; several times as many as are asked for keeps the errors small */
    public SlidingTop(int places, Duration window, LongSupplier nanos) {
        this.panes = IntStream.range(0, PANES)
                .mapToObj(pane -> new SpaceSaving(places))
                .toArray(SpaceSaving[]::new);
        this.paneNanos = Math.max(1, window.toNanos() / PANES);
        this.nanos = nanos;
        this.current = Math.floorDiv(nanos.getAsLong(), paneNanos);
    }

    /** Adds to a key's weight, from 1. */
    public synchronized void offer(long key, long weight) {
        move();
        pane(current).offer(key, weight);
    }

    /** At most so many of the heaviest keys, the heaviest first. */
    public synchronized List<Heavy> top(int most) {
        move();
        Map<Long, Heavy> sums = new HashMap<>();
        for (SpaceSaving pane : panes) {
            pane.counted().forEach(heavy -> sums.merge(heavy.key(), heavy, SlidingTop::sum));
        }
        return sums.values().stream()
                .sorted(Comparator.comparingLong(Heavy::weight).reversed().thenComparingLong(Heavy::key))
                .limit(most)
                .toList();
    }

    /** Empties the panes that time has passed over. */
    private void move() {
        long now = Math.floorDiv(nanos.getAsLong(), paneNanos);
        for (long passed = Math.max(current + 1, now - PANES + 1); passed <= now; passed++) {
            pane(passed).clear();
        }
        current = Math.max(current, now);
    }

    private SpaceSaving pane(long number) {
        return panes[(int) Math.floorMod(number, (long) PANES)];
    }

    private static Heavy sum(Heavy one, Heavy other) {
        return new Heavy(one.key(), one.weight() + other.weight(), one.error() + other.error());
    }
}
