package spillway.metrics.views;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Rates over a sliding window, of totals that are looked at now and then. Not thread-safe. */
final class Rates {

    /**
     * @param perSecond over the whole window, what was not watched of it counting as quiet
     * @param watched the whole window was watched
     */
    record Rate(double perSecond, boolean watched) {}

    private record Seen(long nanos, long total) {}

    private final long windowNanos;
    private final Map<Long, Deque<Seen>> seen = new HashMap<>();

    Rates(Duration window) {
        this.windowNanos = window.toNanos();
    }

    /** Takes note of a total. One that is below the last was lost and has begun anew. */
    Rate note(long key, long total, long nanos) {
        Deque<Seen> history = seen.computeIfAbsent(key, none -> new ArrayDeque<>());
        if (!history.isEmpty() && history.getLast().total() > total) {
            history.clear();
        }
        history.addLast(new Seen(nanos, total));
        // The newest that is a window old is where the window begins; what is older says nothing any more.
        while (history.size() > 1 && nanos - second(history).nanos() >= windowNanos) {
            history.removeFirst();
        }
        Seen begin = history.getFirst();
        long span = Math.max(windowNanos, nanos - begin.nanos());
        double perSecond = (total - begin.total()) * (double) TimeUnit.SECONDS.toNanos(1) / span;
        return new Rate(perSecond, nanos - begin.nanos() >= windowNanos);
    }

    /** Forgets all other keys. */
    void retain(Collection<Long> keys) {
        seen.keySet().retainAll(keys);
    }

    private static Seen second(Deque<Seen> history) {
        return history.stream().skip(1).findFirst().orElseThrow();
    }
}
