package spillway.platform.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Callers who wait to leave in a batch. It decides who leaves with whom and when; sending and answering is its owner's.
 * Thread-safe.
 *
 * <p>When a batch leaves depends on how many are in flight, so that batches are as large as what is behind them is busy:
 *
 * <ul>
 *   <li>none, and none left within the linger: at once, however small, so that nobody waits where nothing else is done;
 *   <li>some, or one left just now: when it is full, or its oldest caller has waited for the linger. What is behind may be
 *       so fast that each batch has landed before the next caller comes: without this, a batch of one each would leave, and
 *       cost as much as one of many;
 *   <li>as many as may be: not before one of them has landed. It grows meanwhile, up to a bound past which nobody enters.
 * </ul>
 *
 * <p>The owner asks for what is due whenever a caller has entered or a batch has landed, and when an alarm rings.
 *
 * @param <C> a caller; two with the same wish are two, so it must not compare by what it holds
 */
public final class Gathering<C extends Gathering.Caller> {

    /** One who waits. */
    public interface Caller {

        /** When it came, in nanoseconds by the gathering's clock. */
        long since();
    }

    /** Runs a task later, on a thread that must not be blocked. */
    @FunctionalInterface
    public interface Alarm {
        void in(Duration delay, Runnable task);
    }

    /** What became of the wish to enter. */
    public enum Entry {
        ENTERED,
        FULL,
        CLOSED
    }

    /**
     * How callers are gathered.
     *
     * @param linger longest that a caller waits for others while a batch is in flight, or after one has left
     * @param most callers in a batch
     * @param maxInFlight batches in flight; past it the next one grows
     * @param maxWaiting callers who wait; past it nobody enters
     */
    public record Bounds(Duration linger, int most, int maxInFlight, int maxWaiting) {}

    private final Bounds bounds;
    private final LongSupplier nanos;
    private final Alarm alarm;
    private final Runnable due;
    private final SequencedSet<C> waiting = new LinkedHashSet<>();
    private int inFlight;
    private long lastLeft;
    private boolean alarmIsSet;
    private boolean closed;

    /**
     * @param nanos as {@link System#nanoTime}
     * @param due called by the alarm when a batch may be due
     */
    public Gathering(Bounds bounds, LongSupplier nanos, Alarm alarm, Runnable due) {
        this.bounds = bounds;
        this.nanos = nanos;
        this.alarm = alarm;
        this.due = due;
        this.lastLeft = nanos.getAsLong() - bounds.linger().toNanos();
    }

    public synchronized Entry enter(C caller) {
        if (closed) {
            return Entry.CLOSED;
        }
        return waiting.size() < bounds.maxWaiting() && waiting.add(caller) ? Entry.ENTERED : Entry.FULL;
    }

    /** Whether the caller had not left, and now never does. */
    public synchronized boolean takeBack(C caller) {
        return waiting.remove(caller);
    }

    /** Takes out those who have waited so long, oldest first. */
    public synchronized List<C> takeOlderThan(long age) {
        List<C> old = new ArrayList<>();
        while (!waiting.isEmpty() && age(waiting.getFirst()) >= age) {
            old.add(waiting.removeFirst());
        }
        return old;
    }

    /** Takes the next batch if it may leave, else nothing; then an alarm is set if nothing else will ask again. */
    public synchronized List<C> nextDue() {
        if (waiting.isEmpty() || inFlight >= bounds.maxInFlight()) {
            return List.of();
        }
        long linger = bounds.linger().toNanos();
        long now = nanos.getAsLong();
        long lingering = linger - (now - waiting.getFirst().since());
        if (inFlight == 0) {
            lingering = Math.min(lingering, linger - (now - lastLeft));
        }
        if (waiting.size() < bounds.most() && lingering > 0 && !closed) {
            wakeIn(lingering);
            return List.of();
        }
        inFlight++;
        lastLeft = now;
        List<C> batch = new ArrayList<>();
        Iterator<C> oldest = waiting.iterator();
        while (oldest.hasNext() && batch.size() < bounds.most()) {
            batch.add(oldest.next());
            oldest.remove();
        }
        return batch;
    }

    /** A batch in flight has ended. */
    public synchronized void landed() {
        inFlight--;
        notifyAll();
    }

    public synchronized void open() {
        closed = false;
    }

    /** Nobody enters any more, and who waits does not linger. */
    public synchronized void close() {
        closed = true;
    }

    /** Returns when nobody waits and nothing is in flight, or after so long. */
    public synchronized void awaitEmpty(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos();
                left > 0 && (inFlight > 0 || !waiting.isEmpty());
                left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    /** One alarm is enough: if its batch left before, it rings too early for the next one, and is set again. */
    private void wakeIn(long delayNanos) {
        if (!alarmIsSet) {
            alarmIsSet = true;
            alarm.in(Duration.ofNanos(delayNanos), this::wake);
        }
    }

    private void wake() {
        synchronized (this) {
            alarmIsSet = false;
        }
        due.run();
    }

    private long age(C caller) {
        return nanos.getAsLong() - caller.since();
    }
}
