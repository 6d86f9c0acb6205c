package spillway.batcher.rebuild;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import spillway.batcher.collapse.LogUnusable;
import spillway.batcher.log.Replay;
import spillway.batcher.redis.GenerationKeys;
import spillway.batcher.redis.Handover;
import spillway.batcher.redis.RedisCounters;
import spillway.batcher.redis.Stand;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Generations;
import spillway.platform.counters.Generations.Step;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;

/**
 * Builds the counters anew from the logs beside those in use, compares them, and lets the new ones take over, while likes come
 * in and are counted and read. Used once.
 *
 * <p>It may be killed at any point. Before the handover the generation in use is untouched, and the next rebuild deletes what
 * this one had built. From the handover on the batchers finish it, or the next rebuild does. See {@link Generations} for the
 * decisions, {@link Handover} for why no count goes back.
 */
final class Rebuild {

    /**
     * On a Redis Cluster a read may ask one node for the generation in use before another answers with counts: reads of the old
     * generation that are under way are given this long before its keys are deleted.
     */
    private static final Duration READS_UNDER_WAY = Duration.ofSeconds(3);

    /** So far behind the generation in use the new one may be when it is said to have come as far. */
    private static final int CLOSE = 10_000;

    private static final int MOST_ROUNDS = 20;

    private final CounterLayout layout;
    private final RedisLink redis;
    private final Topics topics;
    private final ConsumerFactory<?, ?> consumers;
    private final KafkaAdmin kafka;
    private final Narrator narrator;
    private final BooleanSupplier stopped;
    private final GenerationKeys keys;
    private final Handover handover;

    /** @param stopped asked again and again until the handover begins */
    Rebuild(
            CounterLayout layout,
            RedisLink redis,
            Topics topics,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin kafka,
            Narrator narrator,
            BooleanSupplier stopped) {
        this.layout = layout;
        this.redis = redis;
        this.topics = topics;
        this.consumers = consumers;
        this.kafka = kafka;
        this.narrator = narrator;
        this.stopped = stopped;
        this.keys = new GenerationKeys(layout, redis);
        this.handover = new Handover(layout, redis);
    }

    /**
     * What it came to.
     *
     * @param drift per family and post, by how much the new count is higher; only posts that differ
     */
    record Outcome(Map<CounterFamily, Map<Long, Long>> drift) {

        long posts() {
            return drift.values().stream().mapToLong(Map::size).sum();
        }
    }

    /**
     * Makes the rebuild.
     *
     * @param holder who makes it, to be told to others
     * @throws NotRebuilt when it must not be made, or was stopped
     * @throws LogUnusable when the logs are not the ones that the counts were made from
     */
    Outcome run(String holder, boolean keepOld) {
        try (Claim claim = Claim.take(layout, redis, holder)) {
            Generations found = join(keys.read());
            if (found.step() == Step.HANDOVER) {
                narrator.say("An earlier rebuild was stopped while it handed over: finishing that");
                try (Builders builders = new Builders(found.next())) {
                    handOver(found, builders, claim);
                }
                sweepAfterHandover(claim, keepOld);
                return new Outcome(Map.of());
            }
            Generations building = found.building(join(keys.unused(found)));
            change(found, building);
            try (Builders builders = new Builders(building.next())) {
                Outcome outcome = beforeHandover(building, builders, claim);
                Generations handingOver = building.handingOver();
                change(building, handingOver);
                handOver(handingOver, builders, claim);
                sweepAfterHandover(claim, keepOld);
                return outcome;
            }
        }
    }

    private Outcome beforeHandover(Generations building, Builders builders, Claim claim) {
        try {
            sweep(claim);
            narrator.say("Building generation " + building.next() + " from the logs; generation " + building.inUse()
                    + " stays in use");
            build(building, builders, claim);
            return compare(building, builders, claim);
        } catch (NotRebuilt | LogUnusable e) {
            if (join(keys.change(building, building.abandoned()))) {
                sweep(claim);
            }
            throw e;
        }
    }

    /** One replay per family. */
    private final class Builders implements AutoCloseable {

        private final int generation;
        private final Map<CounterFamily, Replay> replays = new EnumMap<>(CounterFamily.class);

        Builders(int generation) {
            this.generation = generation;
            for (CounterFamily family : CounterFamily.values()) {
                replays.put(family, new Replay(family, topics, store(family), consumers, kafka));
            }
        }

        RedisCounters store(CounterFamily family) {
            return new RedisCounters(family, layout.generation(generation), redis);
        }

        Replay of(CounterFamily family) {
            Replay replay = replays.get(family);
            if (replay == null) {
                throw new IllegalStateException("unknown family " + family);
            }
            return replay;
        }

        @Override
        public void close() {
            replays.values().forEach(Replay::close);
        }
    }

    /** Until the new generation is about as far as the one in use, which moves on meanwhile. */
    private void build(Generations building, Builders builders, Claim claim) {
        check(building.inUse(), builders);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Stand old = join(handover.stand(building.inUse()));
            long behind = behind(join(handover.stand(building.next())), old);
            for (CounterFamily family : CounterFamily.values()) {
                feed(family, old.highest(family), builders, whileNothingIsHandedOver(claim));
            }
            if (behind < CLOSE) {
                return;
            }
        }
    }

    private static long behind(Stand next, Stand old) {
        long behind = 0;
        for (CounterFamily family : CounterFamily.values()) {
            long[] have = next.highest(family);
            long[] want = old.highest(family);
            for (int partition = 0; partition < want.length; partition++) {
                behind += Math.max(0, want[partition] - have[partition]);
            }
        }
        return behind;
    }

    private void check(int inUse, Builders builders) {
        Stand old = join(handover.stand(inUse));
        for (CounterFamily family : CounterFamily.values()) {
            for (int partition = 0; partition < layout.partitions(); partition++) {
                builders.of(family).check(partition, old.of(family, partition), builders.store(family));
            }
        }
    }

    private void feed(CounterFamily family, long[] targets, Builders builders, Runnable watch) {
        long total = Arrays.stream(targets).map(target -> target + 1).sum();
        builders.of(family).until(targets, read -> {
            narrator.progress(family.id(), read, total);
            watch.run();
        });
    }

    private Outcome compare(Generations building, Builders builders, Claim claim) {
        Runnable watch = whileNothingIsHandedOver(claim);
        Comparison comparison = new Comparison(
                redis, layout.generation(building.inUse()), layout.generation(building.next()), (family, partition) -> {
                    watch.run();
                    long[] targets = new long[layout.partitions()];
                    Arrays.fill(targets, -1);
                    targets[partition] = join(handover.stand(building.inUse())).highest(family)[partition];
                    builders.of(family).until(targets, read -> watch.run());
                });
        long parts = (long) CounterFamily.values().length * layout.partitions();
        long done = 0;
        for (CounterFamily family : CounterFamily.values()) {
            for (int partition = 0; partition < layout.partitions(); partition++) {
                comparison.partition(family, partition);
                watch.run();
                narrator.progress("partitions compared", ++done, parts);
            }
        }
        Outcome outcome = new Outcome(comparison.drift());
        narrator.say("Compared at equal watermarks: %,d counts, %s%s"
                .formatted(
                        comparison.compared(),
                        outcome.posts() == 0 ? "no drift" : "%,d posts differ".formatted(outcome.posts()),
                        comparison.leftOut() == 0
                                ? ""
                                : "; left out, because they did not stand still: %,d of %,d buckets"
                                        .formatted(comparison.leftOut(), parts * CounterLayout.BUCKETS)));
        return outcome;
    }

    /** From here on there is no way back, and nothing is stopped any more. */
    private void handOver(Generations handingOver, Builders builders, Claim claim) {
        Generations present = join(handover.drive());
        while (present.equals(handingOver)) {
            Stand old = join(handover.seal(handingOver.inUse()));
            for (CounterFamily family : CounterFamily.values()) {
                feed(family, old.highest(family), builders, claim::require);
            }
            present = join(handover.drive());
        }
        if (present.inUse() != handingOver.next()) {
            throw new NotRebuilt("Redis lost its keys during the handover: generation " + present.inUse()
                    + " is in use, and the batchers fill it from the logs");
        }
        narrator.say("Generation " + present.inUse() + " is in use");
    }

    private void sweepAfterHandover(Claim claim, boolean keepOld) {
        if (keepOld) {
            narrator.say("The keys of earlier generations are kept until the next rebuild");
            return;
        }
        LockSupport.parkNanos(READS_UNDER_WAY.toNanos());
        sweep(claim);
    }

    private void sweep(Claim claim) {
        Generations present = join(keys.read());
        long deleted = new Sweep(layout, redis)
                .run(
                        generation -> generation == present.inUse() || generation == present.next(),
                        keysDeleted -> claim.require());
        if (deleted > 0) {
            narrator.say("Deleted %,d keys of other generations".formatted(deleted));
        }
    }

    private Runnable whileNothingIsHandedOver(Claim claim) {
        return () -> {
            claim.require();
            if (stopped.getAsBoolean()) {
                throw new NotRebuilt("Stopped");
            }
        };
    }

    private void change(Generations expected, Generations next) {
        if (!join(keys.change(expected, next))) {
            throw new NotRebuilt("The generations are " + join(keys.read()) + " and no more " + expected
                    + ": another rebuild began, or Redis lost its keys");
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
