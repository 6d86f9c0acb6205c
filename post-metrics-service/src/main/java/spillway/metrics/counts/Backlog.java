package spillway.metrics.counts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.lang.Contract;
import spillway.platform.counters.CounterFamily;

/**
 * What is in the logs and not yet in the counts. Sampled when somebody asks, at most once per {@link #RENEWED} and family,
 * by one request for all of them. Thread-safe.
 */
public final class Backlog {

    /** Where a family's log ends and how far its buckets have come. */
    interface Source {
        CompletionStage<Sample> sample(CounterFamily family);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** For how long a sample is as good as a new one. */
    static final Duration FRESH = Duration.ofMillis(100);

    /** Past it whoever asks has a new one taken, and need not wait for it: where many ask, nobody waits. */
    static final Duration RENEWED = Duration.ofMillis(50);

    /** How long an answer waits for a sample; without one it says that it does not know. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Past it a sample says nothing about the present. */
    private static final Duration STALE = Duration.ofSeconds(10);

    /** A batch window and the round trips around it: what draining takes when nothing is in the way. */
    private static final long WINDOW_MILLIS = 300;

    /** For how long after a sample it is told what it said. */
    private static final Duration TOLD = Duration.ofSeconds(2);

    /** Records per second and partition, when nothing was measured: a cautious tenth of what a batcher does. */
    private static final double ASSUMED_RATE = 10_000;

    private static final long LONGEST_ESTIMATE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Source source;
    private final LongSupplier nanos;
    private final ConcurrentMap<CounterFamily, Last> families = new ConcurrentHashMap<>();

    Backlog(Source source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /**
     * A family's sample, new enough to call it the present; nothing when the log or Redis cannot say in time. After the first that
     * waited in vain nobody waits until a sample has come: reads of counts are no slower for a log that stands still.
     */
    CompletableFuture<Optional<Sample>> fresh(CounterFamily family) {
        Last last = last(family);
        CompletableFuture<Sample> fresh = last.fresh();
        if (last.silent && !fresh.isDone()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return fresh.thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.debug("Cannot sample the backlog of {}", family, failure);
                    return Optional.empty();
                })
                .whenComplete((sample, never) -> last.silent = sample.isEmpty());
    }

    /** Estimate of when a record appended now will be counted; from the last sample, without waiting for a new one. */
    public long drainMillis(CounterFamily family, int partition) {
        Last last = last(family);
        last.refresh();
        return last.drainMillis(partition);
    }

    /**
     * How far a family's counts are behind its log.
     *
     * @param records in the log that no count contains
     * @param oldestMillis how long the oldest of them has been there, as far as this instance has seen; 0 for none
     * @param drainPerSecond records that left per second, while more waited than batching explains; null when there was no
     *     such time lately
     */
    public record State(
            long records, long oldestMillis, @Nullable Double drainPerSecond) {}

    /** What the last sample said; nothing when there is none that is new enough. Never asks anybody. */
    public Optional<State> known(CounterFamily family) {
        return last(family).known();
    }

    /** Has a new sample taken, unless the last one is as good. */
    public void look(CounterFamily family) {
        last(family).refresh();
    }

    private Last last(CounterFamily family) {
        return families.computeIfAbsent(family, Last::new);
    }

    /** The newest samples of one family. */
    private final class Last {

        private final CounterFamily family;
        private final AtomicReference<@Nullable CompletableFuture<Sample>> underWay = new AtomicReference<>();
        private volatile @Nullable Sample newest;
        private final DrainRate drain = new DrainRate();

        /** Whoever waited last waited in vain. */
        private volatile boolean silent;

        Last(CounterFamily family) {
            this.family = family;
        }

        CompletableFuture<Sample> fresh() {
            Sample sample = newest;
            if (isFresh(sample)) {
                if (age(sample) >= RENEWED.toNanos()) {
                    renew();
                }
                return CompletableFuture.completedFuture(sample);
            }
            CompletableFuture<Sample> mine = new CompletableFuture<>();
            CompletableFuture<Sample> others = underWay.compareAndExchange(null, mine);
            if (others == null) {
                take(mine);
            }
            // A copy: giving up waiting must not end the wait of others.
            return (others == null ? mine : others).copy();
        }

        void refresh() {
            if (!isFresh(newest)) {
                renew();
            }
        }

        private void renew() {
            CompletableFuture<Sample> mine = new CompletableFuture<>();
            if (underWay.compareAndSet(null, mine)) {
                take(mine);
            }
        }

        private void take(CompletableFuture<Sample> mine) {
            source.sample(family).whenComplete((sample, failure) -> {
                if (failure == null) {
                    drain.note(sample);
                    newest = sample;
                    silent = false;
                }
                underWay.set(null);
                if (failure == null) {
                    mine.complete(sample);
                } else {
                    mine.completeExceptionally(failure);
                }
            });
        }

        Optional<State> known() {
            Sample sample = newest;
            if (sample == null || age(sample) > TOLD.toNanos()) {
                return Optional.empty();
            }
            long oldest = TimeUnit.NANOSECONDS.toMillis(drain.oldest(nanos.getAsLong()));
            return Optional.of(new State(sample.behind(), oldest, drain.perSecond(nanos.getAsLong())));
        }

        long drainMillis(int partition) {
            Sample sample = newest;
            if (sample == null || nanos.getAsLong() - sample.nanos() > STALE.toNanos()) {
                return WINDOW_MILLIS;
            }
            Double measured = drain.perSecond(nanos.getAsLong());
            double seconds = measured == null
                    ? sample.longest(partition) / ASSUMED_RATE
                    : sample.behind() / Math.max(1, measured);
            long draining = (long) (1000 * seconds);
            return Math.min(WINDOW_MILLIS + draining, LONGEST_ESTIMATE_MILLIS);
        }

        @Contract("null -> false")
        private boolean isFresh(@Nullable Sample sample) {
            return sample != null && age(sample) < FRESH.toNanos();
        }

        private long age(Sample sample) {
            return nanos.getAsLong() - sample.nanos();
        }
    }
}
