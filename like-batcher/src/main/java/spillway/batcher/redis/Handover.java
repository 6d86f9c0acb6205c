package spillway.batcher.redis;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    /** Only the text that was found: a flush or a seal since then wins. */
    private static final Script UNSEAL = Script.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              if ARGV[2] == '-1' then
                redis.call('DEL', KEYS[1])
              else
                redis.call('SET', KEYS[1], ARGV[2])
              end
            end
            return 1
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
                            .thenAccept(stored -> stand.put(family, partition, bucket, Watermark.parse(stored)))
                            .toCompletableFuture());
                }
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> stand);
    }

    /**
     * Opens the buckets of the generation in use if they are sealed although nothing is being handed over. That is left when
     * Redis loses its keys while a handover seals; batchers would wait for ever.
     *
     * @return how many were opened
     */
    public CompletableFuture<Integer> openAfterLoss() {
        return keys.read().toCompletableFuture().thenCompose(before -> {
            Pipeline pipeline = redis.pipeline();
            List<byte[]> buckets = watermarkKeys(before.inUse());
            List<CompletableFuture<byte @Nullable []>> found =
                    buckets.stream().map(pipeline::get).toList();
            // Asked last: what is sealed under a handover is sealed after the handover began.
            CompletableFuture<Generations> present =
                    pipeline.get(Generations.key(layout)).thenApply(Generations::parse);
            pipeline.send();
            return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                    .thenCombine(present, (all, after) -> after.equals(before) && after.step() != Step.HANDOVER)
                    .thenCompose(lost -> lost ? open(buckets, found) : CompletableFuture.completedFuture(0));
        });
    }

    private CompletableFuture<Integer> open(List<byte[]> buckets, List<CompletableFuture<byte @Nullable []>> found) {
        List<CompletableFuture<?>> opened = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            byte[] stored = found.get(i).join();
            if (stored != null && Watermark.isSealed(stored)) {
                opened.add(UNSEAL.call(
                                redis.async(),
                                ScriptOutputType.INTEGER,
                                new byte[][] {buckets.get(i)},
                                stored,
                                Watermark.parse(stored).toString().getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new)).thenApply(done -> opened.size());
    }

    private List<byte[]> watermarkKeys(int generation) {
        CounterLayout keysOf = layout.generation(generation);
        List<byte[]> buckets = new ArrayList<>();
        for (CounterFamily family : CounterFamily.values()) {
            for (int partition = 0; partition < layout.partitions(); partition++) {
                for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                    buckets.add(keysOf.watermark(family, partition, bucket));
                }
            }
        }
        return buckets;
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
