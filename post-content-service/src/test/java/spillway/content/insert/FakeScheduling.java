package spillway.content.insert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Time that stands until it is moved, and tasks that wait until they are run. */
final class FakeScheduling implements Scheduling {

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
    private final List<Runnable> started = new ArrayList<>();
    private long now = 1_000;

    private record Alarm(long at, Runnable task) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void start(Runnable task) {
        started.add(task);
    }

    @Override
    public void in(Duration delay, Runnable task) {
        alarms.add(new Alarm(now + delay.toNanos(), task));
    }

    /** Lets time pass; alarms ring on their time. */
    void pass(Duration time) {
        long until = now + time.toNanos();
        for (Alarm next = alarms.peek(); next != null && next.at <= until; next = alarms.peek()) {
            alarms.remove();
            now = Math.max(now, next.at);
            next.task.run();
        }
        now = until;
    }

    int underWay() {
        return started.size();
    }

    void runOne(int which) {
        started.remove(which).run();
    }

    void runAll() {
        while (!started.isEmpty()) {
            runOne(0);
        }
    }
}
