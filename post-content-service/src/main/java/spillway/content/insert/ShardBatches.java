package spillway.content.insert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.context.SmartLifecycle;
import spillway.content.shard.OutcomeUnknown;
import spillway.content.shard.ShardUnavailable;

/**
 * Batches of every shard, each for itself, so that a slow shard holds up no other (invariant I8). Thread-safe.
 *
 * @param <R> a row
 * @param <A> what its caller is told
 */
public final class ShardBatches<R, A> implements SmartLifecycle, AutoCloseable {

    /** After the shards are open. */
    private static final int PHASE = 20;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final String what;
    private final InsertRules rules;
    private final IntFunction<Function<List<R>, List<Outcome<A>>>> transaction;
    private final MeterRegistry meters;
    private final BatchMeters batchMeters;
    private final InsertThreads threads = new InsertThreads();
    private final ConcurrentMap<Integer, Batches<R, A>> batches = new ConcurrentHashMap<>();
    private volatile boolean running;

    /**
     * @param what is inserted, a tag of the metrics
     * @param transaction of a shard, see {@link Batches}
     */
    public ShardBatches(
            String what,
            InsertRules rules,
            IntFunction<Function<List<R>, List<Outcome<A>>>> transaction,
            MeterRegistry meters) {
        this.what = what;
        this.rules = rules;
        this.transaction = transaction;
        this.meters = meters;
        this.batchMeters = new BatchMeters(what, meters, rules.maxWait());
    }

    /**
     * Returns once the row is committed, or throws what refused it.
     *
     * @throws InsertRefused when it was not sent
     * @throws ShardUnavailable when it had no effect, as the shard is away
     * @throws OutcomeUnknown when whether it is committed is not known
     */
    public A insert(int shard, R row) {
        return batches.computeIfAbsent(shard, this::begin).insert(row);
    }

    /** Inserts of the shard that wait to be sent, as a share of those that may: 0 to 1. */
    public double fullness(int shard) {
        Batches<R, A> ofShard = batches.get(shard);
        return ofShard == null ? 0 : (double) ofShard.waiting() / rules.maxWaiting();
    }

    private Batches<R, A> begin(int shard) {
        Batches<R, A> ofShard =
                new Batches<>(rules, transaction.apply(shard), ShardBatches::liesInTheRows, threads, batchMeters);
        Gauge.builder("spillway.content.insert.waiting", ofShard, Batches::waiting)
                .tag("of", what)
                .tag("shard", Integer.toString(shard))
                .description("Inserts that wait for their transaction to begin")
                .register(meters);
        return ofShard;
    }

    private static boolean liesInTheRows(RuntimeException failure) {
        return !(failure instanceof ShardUnavailable || failure instanceof OutcomeUnknown);
    }

    @Override
    public void start() {
        running = true;
        batches.values().forEach(Batches::open);
    }

    @Override
    public void stop() {
        running = false;
        batches.values().forEach(Batches::close);
        try {
            for (Batches<R, A> ofShard : batches.values()) {
                ofShard.awaitEnd(STOP_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void close() {
        threads.close();
    }
}
