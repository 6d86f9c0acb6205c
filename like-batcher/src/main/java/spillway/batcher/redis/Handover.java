package spillway.batcher.redis;

import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Generations;
import spillway.platform.counters.Generations.Step;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;
import spillway.platform.counters.Watermark;

/**
 * Brings a handover from one generation to the next to its end. Each step can be made again by anybody at any time: the
 * rebuild makes them, and batchers do when it died. Thread-safe.
 *
 * <p>Why no count goes back: the old generation's buckets are sealed first, so nobody moves them any more, also no batcher that
 * was stopped before the handover and wakes up after it. So once each bucket of the new generation is found at or past the old
 * one's, that stays true, and readers can be switched.
 */
public final class Handover {

    private static final Script SEAL = Script.of("""
            local current = redis.call('GET', KEYS[1]) or '-1'
            if string.sub(current, -1) ~= '!' then
              current = current .. '!'
              redis.call('SET', KEYS[1], current)
            end
            return current
            """);

    private final CounterLayout layout;
    private final RedisLink redis;
    private final GenerationKeys keys;

    /** @param layout that of generation 0 */
    public Handover(CounterLayout layout, RedisLink redis) {
        this.layout = layout;
        this.redis = redis;
        this.keys = new GenerationKeys(layout, redis);
    }

    /** How far a generation has come, per family, partition and bucket. */
    public static final class Stand {

        private final Map<CounterFamily, Watermark[][]> watermarks = new EnumMap<>(CounterFamily.class);

        private Stand(int partitions) {
            for (CounterFamily family : CounterFamily.values()) {
                Watermark[][] ofFamily = new Watermark[partitions][CounterLayout.BUCKETS];
                Arrays.stream(ofFamily).forEach(buckets -> Arrays.fill(buckets, Watermark.NONE));
                watermarks.put(family, ofFamily);
            }
        }

        private Watermark[][] of(CounterFamily family) {
            Watermark[][] found = watermarks.get(family);
            if (found == null) {
                throw new IllegalStateException("unknown family " + family);
            }
            return found;
        }

        /** A partition's watermarks, in the order of its buckets. */
        public List<Watermark> of(CounterFamily family, int partition) {
            return List.of(of(family)[partition]);
        }

        /** The highest offset that was applied in each partition, -1 for none. */
        public long[] highest(CounterFamily family) {
            return Arrays.stream(of(family))
                    .mapToLong(buckets -> Stream.of(buckets)
                            .mapToLong(Watermark::offset)
                            .max()
                            .orElseThrow())
                    .toArray();
        }

        private boolean isAtOrPast(Stand other) {
            for (CounterFamily family : CounterFamily.values()) {
                Watermark[][] mine = of(family);
                Watermark[][] theirs = other.of(family);
                for (int partition = 0; partition < mine.length; partition++) {
                    for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                        if (mine[partition][bucket].offset() < theirs[partition][bucket].offset()) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }
    }

    @FunctionalInterface
    private interface Look {
        CompletionStage<byte @Nullable []> at(byte[] watermark);
    }

    /** How far a generation has come, sealed or not. */
    public CompletableFuture<Stand> stand(int generation) {
        Pipeline pipeline = redis.pipeline();
        CompletableFuture<Stand> stand = look(generation, pipeline::get);
        pipeline.send();
        return stand;
    }

    /** Seals every bucket of a generation; how far it has come for good. */
    public CompletableFuture<Stand> seal(int generation) {
        return look(
                generation,
                key -> SEAL.<byte[]>call(redis.async(), ScriptOutputType.VALUE, new byte[][] {key})
                        .<byte @Nullable []>thenApply(text -> text));
    }

    private CompletableFuture<Stand> look(int generation, Look look) {
        CounterLayout keysOf = layout.generation(generation);
        Stand stand = new Stand(layout.partitions());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (CounterFamily family : CounterFamily.values()) {
            for (int p = 0; p < layout.partitions(); p++) {
                for (int b = 0; b < CounterLayout.BUCKETS; b++) {
                    int partition = p;
                    int bucket = b;
                    all.add(look.at(keysOf.watermark(family, partition, bucket))
                            .thenAccept(stored -> stand.of(family)[partition][bucket] = Watermark.parse(stored))
                            .toCompletableFuture());
                }
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> stand);
    }

    /**
     * Seals, and switches the readers if the new generation has come far enough. Completes with the generations as they are
     * then: still handing over when somebody has to bring the new one forward first.
     */
    public CompletionStage<Generations> drive() {
        return keys.read()
                .thenCompose(found -> found.step() == Step.HANDOVER
                        ? seal(found.inUse()).thenCompose(old -> finish(found, old))
                        : CompletableFuture.completedFuture(found));
    }

    private CompletionStage<Generations> finish(Generations found, Stand old) {
        return stand(found.next()).thenCompose(next -> {
            if (!next.isAtOrPast(old)) {
                return CompletableFuture.completedFuture(found);
            }
            return keys.change(found, found.handedOver()).thenCompose(changed -> keys.read());
        });
    }
}
