package spillway.content.shard;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import spillway.platform.id.Slot;

/**
 * The way to the shards: work on a slot runs in one transaction on the slot's shard, chosen before the transaction begins.
 *
 * <p>A failure before the commit is sent had no effect and is {@link ShardUnavailable} when the database could not serve; a
 * failure of the commit itself is {@link OutcomeUnknown}. Statements are flushed before the commit for this reason.
 * Thread-safe.
 */
public final class Shards {

    private static final Logger LOG = LoggerFactory.getLogger(Shards.class);

    private final TransactionOperations writing;
    private final TransactionOperations reading;
    private final EntityManager entities;
    private final ExecutorService scatter;
    private final Duration deadline;
    private volatile @Nullable Loaded loaded;

    Shards(
            TransactionOperations writing,
            TransactionOperations reading,
            EntityManager entities,
            ExecutorService scatter,
            Duration deadline) {
        this.writing = writing;
        this.reading = reading;
        this.entities = entities;
        this.scatter = scatter;
        this.deadline = deadline;
    }

    public <T> T write(Slot slot, Supplier<T> work) {
        return write(shardOf(slot), work);
    }

    /** For work that belongs to a shard and not to a slot of it. */
    public <T> T write(int shard, Supplier<T> work) {
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return CurrentShard.call(
                    shard,
                    () -> writing.execute(status -> {
                        T result = work.get();
                        entities.flush();
                        committing.set(true);
                        return result;
                    }));
        } catch (RuntimeException e) {
            throw committing.get() ? new OutcomeUnknown(e) : translated(shard, e);
        }
    }

    public <T> T read(Slot slot, Supplier<T> work) {
        return read(shardOf(slot), work);
    }

    /** Asks every shard that has slots, side by side, and waits no longer than the deadline for the slowest. */
    public <T> Gathered<T> readAll(Supplier<T> work) {
        List<Integer> numbers = numbers();
        List<Callable<T>> tasks = new ArrayList<>();
        for (int shard : numbers) {
            tasks.add(() -> read(shard, work));
        }
        List<T> answers = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        List<Future<T>> futures = invokeAll(tasks);
        for (int i = 0; i < futures.size(); i++) {
            try {
                answers.add(futures.get(i).get());
            } catch (CancellationException late) {
                missing.add(numbers.get(i));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ShardUnavailable)) {
                    throw new IllegalStateException("shard " + numbers.get(i) + " failed", e.getCause());
                }
                missing.add(numbers.get(i));
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        return new Gathered<>(answers, missing);
    }

    /** Numbers of the shards that the map uses. */
    public List<Integer> numbers() {
        return loaded().numbers();
    }

    /** The number of the slot's shard under the current map. */
    public int shardOf(Slot slot) {
        return loaded().map().shardOf(slot);
    }

    void use(ShardMap next) {
        loaded = new Loaded(next, next.shards().stream().distinct().sorted().toList());
        LOG.info(
                "Shard map of epoch {} in use, {} shards",
                next.epoch(),
                numbers().size());
    }

    private <T> T read(int shard, Supplier<T> work) {
        try {
            return CurrentShard.call(shard, () -> reading.execute(status -> work.get()));
        } catch (RuntimeException e) {
            throw translated(shard, e);
        }
    }

    private Loaded loaded() {
        Loaded current = loaded;
        if (current == null) {
            throw new IllegalStateException("the shard map is not loaded yet");
        }
        return current;
    }

    private <T> List<Future<T>> invokeAll(List<Callable<T>> tasks) {
        try {
            return scatter.invokeAll(tasks, deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static RuntimeException translated(int shard, RuntimeException e) {
        return Unreachable.isCauseOf(e) ? new ShardUnavailable(shard, e) : e;
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while the shards were asked");
    }

    /** The numbers are kept beside the map: they are asked for on every read of all shards. */
    private record Loaded(ShardMap map, List<Integer> numbers) {}
}
