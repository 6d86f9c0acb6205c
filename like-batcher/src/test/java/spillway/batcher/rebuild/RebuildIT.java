package spillway.batcher.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import spillway.batcher.log.Bench;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Generations;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Invariants I2 and I4 while counters are built anew beside the running system. */
@RealServers({Server.REDIS, Server.KAFKA})
class RebuildIT {

    private static final int POSTS = 40;
    private static final int USERS = 300;

    /** Only ever liked, each time by another user: what is read of it must never go back. */
    private static final long RISING = 1_000;

    private static void likeAndUnlike(Bench bench, Random random, int operations) {
        for (int i = 0; i < operations; i++) {
            long sequence = Math.max(0, random.nextInt(30) - 20);
            bench.like(1 + random.nextInt(POSTS), 1 + random.nextInt(USERS), random.nextInt(5) > 0, sequence);
        }
    }

    private static int rebuild(Bench bench, Told told, String... options) {
        return rebuild(bench, told, new AtomicBoolean(), options);
    }

    private static int rebuild(Bench bench, Told told, AtomicBoolean stopping, String... options) {
        String[] addresses = bench.addresses();
        String[] arguments = Arrays.copyOf(addresses, addresses.length + options.length);
        System.arraycopy(options, 0, arguments, addresses.length, options.length);
        return RebuildCommand.run(stopping, told, arguments);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long keysOf(Bench bench, String pattern) {
        return bench.redis().keys(bench.layout().prefix() + pattern).size();
    }

    @Test
    void likesThatComeDuringARebuild_areCountedOnce_andNoReadGoesBack(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-live");
                RisingReads reads = new RisingReads(servers, bench.layout(), RISING)) {
            Random random = new Random(1);
            bench.startBatcher();
            likeAndUnlike(bench, random, 20_000);
            long fan = 0;
            while (fan < 3_000) {
                bench.like(RISING, ++fan, true);
            }
            bench.awaitDrained();
            Told told = new Told();
            for (int round = 0; round < 2; round++) {
                AtomicBoolean rebuilt = new AtomicBoolean();
                Thread rebuild = Thread.ofPlatform().start(() -> {
                    assertThat(rebuild(bench, told)).isZero();
                    rebuilt.set(true);
                });
                while (rebuild.isAlive()) {
                    likeAndUnlike(bench, random, 50);
                    for (int i = 0; i < 20; i++) {
                        bench.like(RISING, ++fan, true);
                    }
                    reads.require();
                    LockSupport.parkNanos(5_000_000);
                }
                assertThat(rebuilt).as(told.text()).isTrue();
            }
            bench.awaitDrained();
            reads.require();

            bench.assertCountsAreExact();
            assertThat(bench.generations()).isEqualTo(Generations.parse(bytes("2")));
            assertThat(reads.highest()).isEqualTo(fan);
            assertThat(told.text()).contains("no drift").doesNotContain("left out");
            assertThat(keysOf(bench, "likes:*") + keysOf(bench, "g1:*")).isZero();
        }
    }

    @Test
    void countsThatWereWrong_areNamed_andRightAfterwards(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-drift")) {
            bench.startBatcher();
            likeAndUnlike(bench, new Random(2), 5_000);
            bench.like(5_001, 1, true);
            bench.awaitDrained();
            CounterLayout keys = bench.layout();
            bench.redis().hincrby(keys.counts(CounterFamily.LIKES, 3, CounterLayout.bucket(7)), bytes("7"), 5);
            for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
                bench.redis()
                        .hdel(keys.counts(CounterFamily.LIKES, partition, CounterLayout.bucket(5_001)), bytes("5001"));
            }
            Told told = new Told();

            assertThat(rebuild(bench, told)).isEqualTo(1);
            assertThat(told.text())
                    .contains("2 posts differ")
                    .contains("likes of post 7: 5 too many")
                    .contains("likes of post 5001: 1 too few");
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void aRebuildThatIsStopped_leavesEverythingAsItWas(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-stopped")) {
            bench.startBatcher();
            likeAndUnlike(bench, new Random(3), 5_000);
            bench.awaitDrained();
            Told told = new Told();

            assertThat(rebuild(bench, told, new AtomicBoolean(true))).isEqualTo(1);
            assertThat(told.text()).contains("Not rebuilt: Stopped");
            assertThat(bench.generations()).isEqualTo(Generations.FIRST);
            assertThat(keysOf(bench, "g1:*")).isZero();
            assertThat(keysOf(bench, "counters:rebuild")).isZero();
        }
    }

    @Test
    void aRebuildThatIsKilled_leavesTheOldCountsInUse_andTheNextOneCleansUp(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "rebuild-killed")) {
            Random random = new Random(4);
            bench.startBatcher();
            likeAndUnlike(bench, random, 100_000);
            bench.awaitDrained();
            Process killed = bench.startRebuildProcess();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> keysOf(bench, "g1:likes:w:*") > 8);
            killed.destroyForcibly().waitFor();

            assertThat(bench.generations()).isEqualTo(Generations.parse(bytes("0+1")));
            likeAndUnlike(bench, random, 1_000);
            bench.awaitDrained();
            bench.assertCountsAreExact();

            assertThat(rebuild(bench, new Told())).isZero();
            bench.awaitDrained();
            bench.assertCountsAreExact();
            assertThat(bench.generations()).isEqualTo(Generations.parse(bytes("2")));
            assertThat(keysOf(bench, "g1:*") + keysOf(bench, "likes:*")).isZero();
        }
    }

    @Test
    void aHandoverThatNobodyFinished_isFinishedByTheBatchers(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "rebuild-orphan")) {
            halfBuilt(bench);
            // As far behind as can be: whoever switched before it has caught up would show it.
            bench.redis()
                    .keys(bench.layout().prefix() + "g1:*")
                    .forEach(key -> bench.redis().del(key));
            RisingReads reads = new RisingReads(servers, bench.layout(), RISING);
            bench.redis().set(Generations.key(bench.layout()), bytes("0>1"));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bench.generations().equals(Generations.parse(bytes("1"))));
            bench.awaitDrained();
            reads.require();
            reads.close();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void aHandoverThatNobodyFinished_isFinishedByTheNextRebuild_withoutAnyBatcher(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "rebuild-resumed")) {
            halfBuilt(bench).close();
            bench.redis().set(Generations.key(bench.layout()), bytes("0>1"));
            Told told = new Told();

            assertThat(rebuild(bench, told)).isZero();
            assertThat(told.text()).contains("finishing that");
            assertThat(bench.generations()).isEqualTo(Generations.parse(bytes("1")));
            assertThat(keysOf(bench, "likes:*")).isZero();
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    /** As a rebuild leaves it that was killed while it built. */
    private static AutoCloseable halfBuilt(Bench bench) throws InterruptedException {
        AutoCloseable batcher = bench.startBatcher();
        likeAndUnlike(bench, new Random(5), 60_000);
        bench.awaitDrained();
        Process killed = bench.startRebuildProcess();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> keysOf(bench, "g1:likes:w:*") > 8);
        killed.destroyForcibly().waitFor();
        assertThat(bench.generations()).isEqualTo(Generations.parse(bytes("0+1")));
        return batcher;
    }

    @Test
    void aSecondRebuildAtTheSameTime_isRefused(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-twice");
                ScheduledExecutorService holder = Executors.newSingleThreadScheduledExecutor()) {
            bench.startBatcher();
            bench.like(1, 1, true);
            bench.awaitDrained();
            var unused = holder.scheduleAtFixedRate(
                    () -> bench.redis()
                            .set(
                                    bytes(bench.layout().prefix() + "counters:rebuild"),
                                    bytes("process 4711"),
                                    SetArgs.Builder.px(5_000)),
                    0,
                    500,
                    TimeUnit.MILLISECONDS);
            await().until(() -> keysOf(bench, "counters:rebuild") == 1);
            Told told = new Told();

            assertThat(rebuild(bench, told)).isEqualTo(1);
            assertThat(told.text()).contains("a rebuild is under way: process 4711");
            assertThat(bench.generations()).isEqualTo(Generations.FIRST);
            holder.shutdownNow();
        }
    }

    @Test
    void aTopicThatWasMadeAnew_isNotBuiltFrom(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "rebuild-anew")) {
            bench.startBatcher();
            for (long user = 1; user < 100; user++) {
                bench.like(1, user, true);
            }
            bench.awaitDrained();
            bench.makeTopicAnew();
            Told told = new Told();

            assertThat(rebuild(bench, told)).isEqualTo(1);
            assertThat(told.text()).contains("Not rebuilt").contains("counted from topic");
            assertThat(bench.generations()).isEqualTo(Generations.FIRST);
            bench.assertCountsAreExact();
        }
    }

    @Test
    void aRedisThatLosesEverythingDuringAHandover_isFilledFromTheLog(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-lost")) {
            bench.startBatcher();
            likeAndUnlike(bench, new Random(6), 5_000);
            bench.awaitDrained();
            bench.loseRedis();
            for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                bench.redis().set(bench.layout().watermark(CounterFamily.LIKES, 2, bucket), bytes("-1!"));
            }

            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void whatIsNoOption_isUsage(Servers servers) {
        Told told = new Told();
        assertThat(RebuildCommand.run(new AtomicBoolean(), told, "--everything"))
                .isEqualTo(2);
        assertThat(told.text()).contains("Not an option: --everything").contains("Usage");
    }

    @Test
    void aRedisThatIsAway_isNotReachable(Servers servers) {
        try (Bench bench = new Bench(servers, "rebuild-away")) {
            String[] addresses = bench.addresses();
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = addresses[i].replaceAll("(--spring.data.redis.port)=.*", "$1=1");
            }
            Told told = new Told();
            assertThat(RebuildCommand.run(new AtomicBoolean(), told, addresses)).isEqualTo(3);
            assertThat(told.text()).contains("Redis is not reachable");
        }
    }
}
