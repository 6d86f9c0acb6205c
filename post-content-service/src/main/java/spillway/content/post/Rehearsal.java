package spillway.content.post;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.shard.MirrorLog;
import spillway.content.shard.Shards;
import spillway.content.shard.SlotSet;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * Makes posts on every shard that are rolled back, before the web server takes the first request.
 *
 * <p>An instance that has just started gets the whole load of the one that is restarted next. Its first inserts would load
 * the classes of JPA and of the driver, and connect and log in at the shards, all at the same time, while callers wait a
 * second for a connection and then get 503. What is rolled back leaves nothing: its row, key and event are never seen, and
 * gaps in the outbox's sequence mean nothing.
 *
 * <p>Every other one is noted as if its slot were being moved, or the first seconds of a reshard would be those in which every
 * write takes a way for the first time.
 *
 * <p>A shard that cannot serve is passed by, as it is by the start.
 */
@Component
final class Rehearsal implements SmartLifecycle {

    /** After ids, shards and batches, before the web server. */
    private static final int PHASE = 30;

    /** On each shard, so that its pool has as many connections. */
    private static final int AT_ONCE = 2;

    private static final int ROUNDS = 10;
    private static final int THREADS = 4;

    /** A database that hangs holds up the start for so long. */
    private static final Duration MOST = Duration.ofSeconds(5);

    /** For the others at the same shard. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final UserId AUTHOR = new UserId(1);
    private static final NewPost BODY = new NewPost("A rehearsal: rolled back.", List.of());

    private final Shards shards;
    private final PostIds ids;
    private final InsertPosts insert;
    private final PostEvents events;
    private final MirrorLog mirror;
    private volatile boolean running;

    Rehearsal(Shards shards, PostIds ids, InsertPosts insert, PostEvents events, MirrorLog mirror) {
        this.shards = shards;
        this.ids = ids;
        this.insert = insert;
        this.events = events;
        this.mirror = mirror;
    }

    @Override
    public void start() {
        running = true;
        List<Callable<Object>> rehearsals = new ArrayList<>();
        for (int shard : shards.numbers()) {
            CountDownLatch connected = new CountDownLatch(AT_ONCE);
            rehearsals.addAll(Collections.nCopies(AT_ONCE, Executors.callable(() -> rehearse(shard, connected))));
        }
        // Platform threads: virtual ones that wait for a class to be initialized keep their carriers.
        ExecutorService threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("rehearsal-", 0).factory());
        try {
            threads.invokeAll(rehearsals, MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void rehearse(int shard, CountDownLatch connected) {
        try {
            Slot slot = shards.slotsOf(shard).stream().findFirst().orElseThrow();
            for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
                rehearseOnce(shard, slot, round % 2 == 1, connected);
            }
        } catch (RuntimeException e) {
            // The thread's boundary: whatever is wrong with this shard, the others serve.
            LOG.info("No rehearsal on shard {}: {}", shard, e.getMessage());
        }
    }

    private void rehearseOnce(int shard, Slot slot, boolean mirrored, CountDownLatch connected) {
        PostId id = ids.next(slot);
        Claim claim = new Claim(AUTHOR, new IdempotencyKey("rehearsal-" + id), BODY.fingerprint(), id);
        PostDraft draft = new PostDraft(id, AUTHOR, BODY, events.created(Post.first(id, AUTHOR, BODY)), claim);
        try {
            shards.write(shard, () -> {
                // Joins the transaction around it, so that its end is not its own.
                mirror.noting(
                        mirrored ? SlotSet.of(List.of(slot)) : SlotSet.NONE,
                        () -> insert.insert(shard, List.of(draft)).getFirst().orThrow());
                keepConnection(connected);
                throw new Rehearsed();
            });
        } catch (Rehearsed rolledBack) {
            // As wanted.
        }
    }

    /**
     * Until the others at this shard have one as well: who is done before the next one begins would pass its own on. They
     * begin in their order, so that whoever is waited for is the next to begin.
     */
    private static void keepConnection(CountDownLatch connected) {
        connected.countDown();
        try {
            if (!connected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // One connection has to do, and nobody waits again.
                connected.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private static final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Rehearsed() {
            super(null, null, false, false);
        }
    }
}
