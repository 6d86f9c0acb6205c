package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spillway.metrics.testing.RedisCluster;
import spillway.metrics.testing.TestRedis;
import spillway.metrics.views.Split.Stage;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.counters.Pipeline;

/** Splits on three nodes, which is where they are for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClusterIT {

    private static final ViewKeys KEYS = new ViewKeys("");
    private static final int WRITERS = 4;
    private static final int WRITES = 1_500;

    private RedisCluster cluster;
    private TestRedis redis;
    private ViewStore store;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = new RedisCluster(folder);
        redis = cluster.connect();
        store = new RedisViewStore(KEYS, redis.link(), Duration.ofMillis(100));
    }

    @AfterAll
    void stop() {
        redis.close();
        cluster.close();
    }

    /** One instance's part in it. */
    private final class Instance {
        private final KnownSplits splits = new KnownSplits();
        private final Views unwritten = new Views(10, 100);
        private final ViewWriter writer = new ViewWriter(
                unwritten, store, splits, bound -> ThreadLocalRandom.current().nextInt(bound));
        private final ViewReader reader = new ViewReader(store, splits);
        private final SplitSteps steps = new SplitSteps(store, splits, InstantSource.system());

        ViewReader.Total read(long post) {
            return reader.read(List.of(post))
                    .toCompletableFuture()
                    .join()
                    .values()
                    .iterator()
                    .next();
        }

        /** Splits what is whole, merges what is split. */
        void turn(long post) {
            Split found = read(post).base().split();
            if (found.stage() == Stage.WHOLE) {
                steps.split(post, found, 8).toCompletableFuture().join();
            } else {
                steps.merge(post, found).toCompletableFuture().join();
            }
        }
    }

    @Test
    void subKeysOfOnePost_lieOnAllNodes() {
        assertThat(IntStream.range(0, 4).map(i -> RedisCluster.nodeOf(KEYS.subKey(7, i))))
                .contains(0, 1, 2);
    }

    /** Its loop may be the one that has to connect to the other nodes. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsAskedInsideAnAnswer_isAnswered_alsoByNodesThatWereNeverAskedBefore() {
        for (int i = 0; i < 10; i++) {
            try (TestRedis fresh = cluster.connect()) {
                assertThat(fresh.link()
                                .async()
                                .get(KEYS.subKey(7, 0))
                                .thenCompose(answer -> onAllNodes(fresh.link().pipeline())))
                        .succeedsWithin(Duration.ofSeconds(10));
            }
        }
    }

    private static CompletableFuture<Void> onAllNodes(Pipeline pipeline) {
        CompletableFuture<?>[] answers = IntStream.range(0, 8)
                .mapToObj(i -> pipeline.get(KEYS.subKey(7, i)))
                .toArray(CompletableFuture[]::new);
        pipeline.send();
        return CompletableFuture.allOf(answers);
    }

    @Test
    void whileAPostIsSplitAndMergedAgainAndAgain_noViewIsLostOrDoubled() {
        long post = 1;
        AtomicLong viewers = new AtomicLong();
        AtomicLong turns = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < WRITERS; thread++) {
                threads.execute(() -> {
                    Instance instance = new Instance();
                    for (int i = 0; i < WRITES; i++) {
                        Set<Long> viewer = Set.of(viewers.incrementAndGet());
                        instance.writer
                                .write(new Gathered(post, Tally.counted(2), viewer))
                                .join();
                        if (i % 10 == 0) {
                            long views = instance.read(post).tally().views();
                            assertThat(views).isGreaterThanOrEqualTo(2L * i);
                        }
                    }
                    assertThat(instance.unwritten.drain()).isEmpty();
                    refused.addAndGet(instance.writer.fenced());
                });
            }
            threads.execute(() -> {
                Instance instance = new Instance();
                while (viewers.get() < WRITERS * WRITES) {
                    instance.turn(post);
                    turns.incrementAndGet();
                }
            });
        }

        Instance last = new Instance();
        assertThat(last.read(post).tally().views()).isEqualTo(2L * WRITERS * WRITES);
        last.steps
                .merge(post, last.read(post).base().split())
                .toCompletableFuture()
                .join();
        assertThat(last.read(post).base().tally().views()).isEqualTo(2L * WRITERS * WRITES);
        assertThat(last.read(post).base().viewers())
                .isBetween(WRITERS * WRITES * 95L / 100, WRITERS * WRITES * 105L / 100);
        assertThat(turns).hasValueGreaterThan(10);
        assertThat(refused).hasValueGreaterThan(0);
    }
}
