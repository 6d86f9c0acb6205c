package spillway.content.shard;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionOperations;
import spillway.platform.deadline.Deadline;
import spillway.platform.pressure.StoreTime;

/**
 * Transactions on single shards.
 *
 * <p>A failure before the commit is sent had no effect and is {@link ShardUnavailable} when the database could not serve; a
 * failure of the commit itself is {@link OutcomeUnknown}. Statements are flushed before the commit for this reason.
 *
 * <p>The caller waits until its {@link Deadline}, whatever the database does: then the work has a thread of its own, because
 * whoever interrupts a statement loses the connection. Work that is given up may come to its end, which its statements' own
 * limits bring about, and is rolled back there: it had no effect. Only a commit that has begun is waited for in vain.
 * Thread-safe.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /** Of all shards together: one that is away for long fails thousands of callers. */
    private static final FewWords WORDS = new FewWords(Duration.ofSeconds(10), System::nanoTime);

    private static final Duration ANY_DEADLINE = Deadline.LONGEST;

    private final TransactionOperations writing;
    private final TransactionOperations reading;
    private final EntityManager entities;
    private final CommitTimes times;

    Transactions(
            TransactionOperations writing, TransactionOperations reading, EntityManager entities, CommitTimes times) {
        this.writing = writing;
        this.reading = reading;
        this.entities = entities;
        this.times = times;
    }

    <T> T write(int shard, Supplier<T> work) {
        Commitment commitment = new Commitment();
        return untilDeadline(commitment, () -> write(shard, commitment, work));
    }

    private <T> T write(int shard, Commitment commitment, Supplier<T> work) {
        StoreTime.Call[] commit = new StoreTime.Call[1];
        try {
            return CurrentShard.call(
                    shard,
                    () -> writing.execute(status -> {
                        commitment.check();
                        T result = work.get();
                        entities.flush();
                        commitment.begin();
                        commit[0] = times.begin(shard);
                        return result;
                    }));
        } catch (RuntimeException e) {
            throw commitment.hasBegun() ? new OutcomeUnknown(e) : translated(shard, e);
        } finally {
            if (commit[0] != null) {
                times.end(shard, commit[0]);
            }
        }
    }

    <T> T read(int shard, Supplier<T> work) {
        Commitment commitment = new Commitment();
        return untilDeadline(commitment, () -> {
            try {
                return CurrentShard.call(
                        shard,
                        () -> reading.execute(status -> {
                            commitment.check();
                            return work.get();
                        }));
            } catch (RuntimeException e) {
                throw translated(shard, e);
            }
        });
    }

    /** Work that has no effect on its own: either there is an answer in time, or none. */
    <T> T untilDeadline(Supplier<T> work) {
        return untilDeadline(new Commitment(), work);
    }

    private static <T> T untilDeadline(Commitment commitment, Supplier<T> work) {
        Deadline deadline = Deadline.current();
        if (!deadline.isSet() || CurrentShard.isChosen()) {
            return work.get();
        }
        deadline.check();
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofVirtual().name("shard-work").start(() -> {
            try {
                done.complete(deadline.call(work));
            } catch (Throwable e) {
                // The thread's boundary: the caller gets it, whatever it is.
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(deadline.within(ANY_DEADLINE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw commitment.giveUp() ? deadline.passed(e) : new OutcomeUnknown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw commitment.giveUp() ? deadline.passed(e) : new OutcomeUnknown(e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
    }

    static RuntimeException translated(int shard, RuntimeException e) {
        if (!Unreachable.isCauseOf(e)) {
            return e;
        }
        WORDS.say(() -> LOG.warn(
                "Shard {} could not serve: {}",
                shard,
                NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
        return new ShardUnavailable(shard, e);
    }
}
