package spillway.stack.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether and when a component that ended by itself is started again: after a pause that doubles from one to the next, and
 * not once more than {@code most} times within a while, because what dies that often needs a person. Thread-safe.
 */
final class Restarts {

    private final int most;
    private final Duration within;
    private final Duration shortest;
    private final Duration longest;
    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> recent = new HashMap<>();
    private final Map<String, Integer> total = new HashMap<>();

    /**
     * @param shortest the pause before the first
     * @param longest where the doubling of pauses ends
     */
    Restarts(int most, Duration within, Duration shortest, Duration longest, LongSupplier nanos) {
        this.most = most;
        this.within = within;
        this.shortest = shortest;
        this.longest = longest;
        this.nanos = nanos;
    }

    static Restarts of(Extent extent) {
        Duration within = Duration.ofMinutes(10);
        return switch (extent) {
            case SERVERS, EVERYTHING, LAB ->
                new Restarts(5, within, Duration.ofSeconds(1), Duration.ofSeconds(30), System::nanoTime);
            // Here death is the daily business.
            case CHAOS, RESHARD, OVERLOAD ->
                new Restarts(
                        Integer.MAX_VALUE, within, Duration.ofMillis(200), Duration.ofMillis(200), System::nanoTime);
        };
    }

    /** The pause before the next restart, which counts from now on; empty when there is to be none. */
    synchronized Optional<Duration> next(String component) {
        long now = nanos.getAsLong();
        Deque<Long> times = recent.computeIfAbsent(component, unseen -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.getFirst() > within.toNanos()) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return Optional.empty();
        }
        Duration pause = shortest;
        for (int earlier = 0; earlier < times.size() && pause.compareTo(longest) < 0; earlier++) {
            pause = pause.multipliedBy(2);
        }
        times.addLast(now);
        total.merge(component, 1, Integer::sum);
        return Optional.of(pause.compareTo(longest) < 0 ? pause : longest);
    }

    /** How often the component was started again. */
    synchronized int of(String component) {
        return total.getOrDefault(component, 0);
    }
}
