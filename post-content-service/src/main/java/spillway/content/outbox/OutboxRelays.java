package spillway.content.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import spillway.content.shard.Shards;

/**
 * Runs a relay per shard, those without slots as well, since they may get some at any time; each on its own thread, so that a
 * stopped shard holds up no other (invariant I8). Platform threads: there are few, and an answer of Postgres wakes one once.
 */
final class OutboxRelays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelays.class);
    private static final Duration BUSY_DELAY = Duration.ofMillis(100);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Shards shards;
    private final IntFunction<OutboxRelay> relayOf;
    private final Bells bells;
    private final OutboxSettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    OutboxRelays(Shards shards, IntFunction<OutboxRelay> relayOf, Bells bells, OutboxSettings settings) {
        this.shards = shards;
        this.relayOf = relayOf;
        this.bells = bells;
        this.settings = settings;
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopped = end;
        for (int shard : shards.all()) {
            OutboxRelay relay = relayOf.apply(shard);
            threads.add(Thread.ofPlatform().daemon().name("outbox-" + shard).start(() -> run(relay, end)));
        }
    }

    private void run(OutboxRelay relay, CountDownLatch end) {
        boolean failing = false;
        try {
            while (end.getCount() > 0) {
                try {
                    long began = System.nanoTime();
                    rest(relay, relay.round(), began, end);
                    failing = false;
                } catch (RuntimeException e) {
                    // The thread's boundary: rows wait and the round is tried again, for as long as it takes.
                    if (!failing) {
                        LOG.warn("Events of shard {} wait", relay.shard(), e);
                    }
                    failing = true;
                    measure(relay);
                    end.await(settings.retryDelay().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(OutboxRelay relay, OutboxRelay.Round round, long began, CountDownLatch end)
            throws InterruptedException {
        switch (round) {
            case EMPTY -> {
                var unused = end.await(settings.linger().toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
                bells.listen(relay.shard(), settings.poll());
            }
            case BUSY -> bells.listen(relay.shard(), BUSY_DELAY);
            case MORE -> measure(relay);
        }
    }

    private static void measure(OutboxRelay relay) {
        try {
            relay.measure();
        } catch (RuntimeException e) {
            LOG.debug("Backlog of shard {} is not known", relay.shard(), e);
        }
    }

    /** Rounds in flight may end; one that waits for Kafka any longer is given up, and the next start sends its events. */
    @Override
    public void stop() {
        stopped.countDown();
        shards.all().forEach(bells::ring);
        try {
            long end = System.nanoTime() + STOP_WAIT.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** After the shards are open. */
    @Override
    public int getPhase() {
        return 20;
    }
}
