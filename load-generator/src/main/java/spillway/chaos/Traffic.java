package spillway.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import spillway.load.oracle.Outcome;

/**
 * Sends what the plan says at its rate, whatever becomes of it, and repeats what was not acknowledged until it is. What
 * cannot be sent at its time, because too much is under way, is left out and counted. Thread-safe.
 */
final class Traffic implements AutoCloseable {

    private static final long TICK_MILLIS = 50;
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_UNDER_WAY = 24;
    private static final int MOST_OPEN = 150_000;
    private static final long REPEAT_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LikePlan plan;
    private final Crowd crowd;
    private final Pairs pairs;
    private final Sending sending;
    private final int perTick;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final Deque<Unsettled> unsettled = new ArrayDeque<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("traffic").factory());
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong lastAcceptedNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGapNanos = new AtomicLong();
    private volatile boolean fresh = true;

    private record Unsettled(Intent intent, long since) {}

    /** @param rate likes per second */
    Traffic(LikePlan plan, Crowd crowd, Pairs pairs, Sending sending, int rate) {
        this.plan = plan;
        this.crowd = crowd;
        this.pairs = pairs;
        this.sending = sending;
        this.perTick = Math.max(1, (int) (rate * TICK_MILLIS / 1000));
    }

    void start() {
        lastAcceptedNanos.set(System.nanoTime());
        var unused = ticks.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on only what is open is sent. */
    void finish() {
        fresh = false;
    }

    private void tick() {
        repeatUnsettled();
        if (!fresh) {
            return;
        }
        List<Intent> wanted = new ArrayList<>();
        for (int i = 0; i < perTick; i++) {
            wanted.add(plan.next());
        }
        Intent single = plan.nextSingle();
        if (pairs.openPairs() > MOST_OPEN) {
            leftOut.addAndGet(perTick);
            return;
        }
        begin(wanted);
        begin(List.of(single));
    }

    private void begin(List<Intent> wanted) {
        long now = System.nanoTime();
        List<Intent> begun =
                wanted.stream().filter(intent -> pairs.begin(intent, now)).toList();
        leftOut.addAndGet(wanted.size() - begun.size());
        send(begun);
    }

    /** Sends intents again whose pairs the caller has opened for it. */
    void repeat(List<Intent> begunAgain) {
        send(begunAgain);
    }

    private void repeatUnsettled() {
        List<Intent> bulk = new ArrayList<>();
        List<Intent> singles = new ArrayList<>();
        synchronized (unsettled) {
            long now = System.nanoTime();
            while (bulk.size() + singles.size() < 2 * perTick
                    && !unsettled.isEmpty()
                    && now - unsettled.getFirst().since() > REPEAT_AFTER_NANOS) {
                Intent intent = unsettled.removeFirst().intent();
                (crowd.isSingle(intent.pair()) ? singles : bulk).add(intent);
            }
        }
        send(bulk);
        singles.forEach(intent -> send(List.of(intent)));
    }

    private void send(List<Intent> begun) {
        for (int from = 0; from < begun.size(); from += MOST_AT_ONCE) {
            List<Intent> some = begun.subList(from, Math.min(from + MOST_AT_ONCE, begun.size()));
            if (underWay.tryAcquire()) {
                pairs.offer(some);
                Thread.ofVirtual().start(() -> {
                    try {
                        exchange(some);
                    } finally {
                        underWay.release();
                    }
                });
            } else {
                postpone(some);
            }
        }
    }

    private void exchange(List<Intent> intents) {
        List<Outcome> outcomes =
                intents.size() == 1 && crowd.isSingle(intents.getFirst().pair())
                        ? List.of(sending.sendOne(intents.getFirst()))
                        : sending.sendAll(intents);
        long now = System.nanoTime();
        List<Intent> again = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            if (!pairs.settle(intents.get(i), outcomes.get(i), now)) {
                again.add(intents.get(i));
            }
        }
        if (again.size() < intents.size()) {
            long gap = now - lastAcceptedNanos.getAndSet(now);
            longestGapNanos.accumulateAndGet(gap, Math::max);
        }
        postpone(again);
    }

    private void postpone(List<Intent> intents) {
        long now = System.nanoTime();
        synchronized (unsettled) {
            intents.forEach(intent -> unsettled.addLast(new Unsettled(intent, now)));
        }
    }

    /** Intents of the plan that were not begun: their pair was not free, or too much was open. */
    long leftOut() {
        return leftOut.get();
    }

    /** Whether no request is under way. */
    boolean isQuiet() {
        return underWay.availablePermits() == MOST_UNDER_WAY;
    }

    double longestGapSeconds() {
        return longestGapNanos.get() / 1e9;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
