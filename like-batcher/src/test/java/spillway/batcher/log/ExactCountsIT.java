package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/** Invariant I2 on real servers. */
@RealServers({Server.REDIS, Server.KAFKA})
class ExactCountsIT {

    private static final int POSTS = 40;
    private static final int USERS = 300;

    /** Every third operation has a sequence, often one that was used before. */
    private static void likeAndUnlike(Bench bench, Random random, int operations) {
        for (int i = 0; i < operations; i++) {
            long sequence = Math.max(0, random.nextInt(30) - 20);
            bench.like(1 + random.nextInt(POSTS), 1 + random.nextInt(USERS), random.nextInt(5) > 0, sequence);
        }
    }

    @Test
    void likesAndUnlikes_areCountedOnce_whileBatchersComeAndGo(Servers servers) {
        try (Bench bench = new Bench(servers, "come-and-go")) {
            Random random = new Random(1);
            bench.startBatcher();
            for (int round = 0; round < 3; round++) {
                likeAndUnlike(bench, random, 5_000);
                ConfigurableApplicationContext second = bench.startBatcher();
                likeAndUnlike(bench, random, 5_000);
                second.close();
            }
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void aLateRetryOfALike_doesNotUndoTheUnlikeThatCameAfterIt(Servers servers) {
        try (Bench bench = new Bench(servers, "late")) {
            bench.startBatcher();
            bench.like(1, 7, true, 1);
            bench.like(1, 8, true, 1);
            bench.like(1, 7, false, 2);
            bench.awaitDrained();
            bench.like(1, 7, true, 1);
            bench.awaitDrained();
            bench.assertCountsAreExact();

            bench.loseRedis();
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void aBacklogOfSmallWindows_isCountedOnce_whileTheStoreWorksOnTheOneBefore(Servers servers) {
        try (Bench bench = new Bench(servers, "small-windows")) {
            Random random = new Random(6);
            bench.startBatcher().close();
            likeAndUnlike(bench, random, 20_000);
            bench.awaitSent();
            ConfigurableApplicationContext batcher =
                    bench.startBatcher(Map.of("spillway.batcher.window-records", "50"));
            bench.awaitDrained();
            bench.assertCountsAreExact();
            assertThat(Bench.metric(batcher, "flushes")).isGreaterThan(300);
        }
    }

    @Test
    void killedInTheMiddle_aBatcherLeavesNothingUncountedOrCountedTwice(Servers servers) {
        try (Bench bench = new Bench(servers, "killed")) {
            Random random = new Random(5);
            // Makes the topics.
            bench.startBatcher().close();
            for (int round = 0; round < 3; round++) {
                likeAndUnlike(bench, random, 10_000);
                long before = bench.applied();
                Process batcher = bench.startBatcherProcess();
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> bench.applied() > before);
                batcher.destroyForcibly();
                likeAndUnlike(bench, random, 1_000);
            }
            bench.startBatcher();
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void twinsOnTheSamePartitions_fenceEachOther_andCountOnce(Servers servers) {
        try (Bench bench = new Bench(servers, "twins")) {
            Random random = new Random(2);
            ConfigurableApplicationContext one = bench.startBatcher(Map.of("spillway.batcher.group", "one"));
            ConfigurableApplicationContext two = bench.startBatcher(Map.of("spillway.batcher.group", "two"));
            for (int round = 0; round < 20; round++) {
                likeAndUnlike(bench, random, 1_000);
                bench.awaitDrained();
            }
            bench.assertCountsAreExact();
            assertThat(Bench.metric(one, "flushes.fenced") + Bench.metric(two, "flushes.fenced"))
                    .isPositive();
        }
    }

    @Test
    void aRedisThatLostEverything_isRefilledFromTheLog_alsoWithoutTraffic(Servers servers) {
        try (Bench bench = new Bench(servers, "lost")) {
            Random random = new Random(3);
            bench.startBatcher();
            likeAndUnlike(bench, random, 5_000);
            bench.loseRedis();
            likeAndUnlike(bench, random, 5_000);
            bench.awaitDrained();
            bench.assertCountsAreExact();

            bench.loseRedis();
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void whileRedisIsAway_likesWait_andAreCountedOnceWhenItReturns(Servers servers) {
        Servers.Redis redis = servers.redis();
        try (Bench bench = new Bench(servers, "away");
                Wire wire = new Wire(redis.host(), redis.port())) {
            Random random = new Random(4);
            wire.mend();
            bench.startBatcher(Map.of(
                    "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port", Integer.toString(wire.port())));
            for (int round = 0; round < 3; round++) {
                likeAndUnlike(bench, random, 3_000);
                wire.cut();
                likeAndUnlike(bench, random, 3_000);
                wire.mend();
            }
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void whileRedisIsFull_likesWait_andAreCountedOnceWhenThereIsRoom(Servers servers) {
        try (Bench bench = new Bench(servers, "full")) {
            Random random = new Random(7);
            ConfigurableApplicationContext batcher = bench.startBatcher();
            likeAndUnlike(bench, random, 3_000);
            bench.awaitDrained();
            long before = bench.applied();
            bench.redis().configSet("maxmemory", "1");
            try {
                likeAndUnlike(bench, random, 3_000);
                bench.awaitSent();
                await().atMost(Duration.ofSeconds(60)).until(() -> Bench.metric(batcher, "flushes.failed") >= 3);
                assertThat(bench.applied()).isEqualTo(before);
            } finally {
                bench.redis().configSet("maxmemory", "0");
            }
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }

    @Test
    void likesOfProducersWhoseClocksJump_areCountedOnce_inTheOrderOfTheLog(Servers servers) {
        try (Bench bench = new Bench(servers, "clocks")) {
            Random random = new Random(8);
            bench.startBatcher();
            long now = System.currentTimeMillis();
            long[] clocks = {
                now,
                now + Duration.ofDays(3_650).toMillis(),
                now - Duration.ofDays(3_650).toMillis(),
                0
            };
            for (int i = 0; i < 4_000; i++) {
                bench.like(
                        1 + random.nextInt(POSTS),
                        1 + random.nextInt(USERS),
                        random.nextBoolean(),
                        0,
                        clocks[random.nextInt(clocks.length)]);
            }
            bench.awaitDrained();
            bench.assertCountsAreExact();
        }
    }
}
