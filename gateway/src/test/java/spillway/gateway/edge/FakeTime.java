package spillway.gateway.edge;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when it is told to, with alarms that ring on the way. */
final class FakeTime {

    private final PriorityQueue<Ring> rings = new PriorityQueue<>(Comparator.comparingLong(Ring::at));
    private long nanos;

    long nanos() {
        return nanos;
    }

    void alarm(Duration delay, Runnable task) {
        rings.add(new Ring(nanos + delay.toNanos(), task));
    }

    void passes(Duration time) {
        long end = nanos + time.toNanos();
        for (Ring next = rings.peek(); next != null && next.at() <= end; next = rings.peek()) {
            rings.remove();
            nanos = next.at();
            next.task().run();
        }
        nanos = end;
    }

    private record Ring(long at, Runnable task) {}
}
