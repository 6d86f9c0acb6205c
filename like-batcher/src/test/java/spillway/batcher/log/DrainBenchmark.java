package spillway.batcher.log;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.events.v1.Engagement;
import spillway.platform.events.EngagementKey;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * How fast one batcher drains a backlog, its start included. Not part of the build:
 * {@code mvn -pl like-batcher -am verify -Dit.test=DrainBenchmark -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@RealServers({Server.REDIS, Server.KAFKA})
class DrainBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(DrainBenchmark.class);
    private static final int LIKES = Integer.getInteger("spillway.benchmark.likes", 600_000);

    @ParameterizedTest
    @CsvSource({"warm-up, 1000", "viral, 1", "spread, 20000"})
    void aBacklog_isDrained(String name, int posts, Servers servers) {
        try (Bench bench = new Bench(servers, name)) {
            bench.startBatcher().close();
            Random random = new Random(1);
            for (int i = 0; i < LIKES; i++) {
                append(bench, 1L + random.nextInt(posts), 1L + i);
            }
            bench.awaitSent();
            long start = System.nanoTime();
            bench.startBatcher();
            bench.awaitDrained();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            LOG.warn("{}: {} likes on {} posts in {} ms", name, LIKES, posts, took.toMillis());
        }
    }

    private static void append(Bench bench, long post, long user) {
        EngagementKey key = new EngagementKey(post, user);
        bench.append(
                key.partition(Bench.PARTITIONS),
                key.toBytes(),
                Engagement.newBuilder()
                        .setPostId(post)
                        .setUserId(user)
                        .setMember(user)
                        .setOperation(Engagement.Operation.ADD)
                        .setAcceptedAtMillis(1_700_000_000_000L)
                        .build()
                        .toByteArray());
    }
}
