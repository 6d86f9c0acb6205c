package spillway.batcher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.batcher.audit.Findings.Place;
import spillway.batcher.log.Bench;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** What the audit finds in a real Redis, and what it does not take for drift. */
@RealServers({Server.REDIS, Server.KAFKA})
class AuditIT {

    private static final Map<String, String> EAGER =
            Map.of("spillway.batcher.audit.posts-per-second", "100000", "spillway.batcher.audit.pause", "0s");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] counts(Bench bench, int partition, long post) {
        return bench.layout().counts(CounterFamily.LIKES, partition, CounterLayout.bucket(post));
    }

    /** Likes the post until each partition has some of them. */
    private static void like(Bench bench, long post) {
        for (long user = 1; user <= 200; user++) {
            bench.like(post, user, true);
        }
    }

    @Test
    void everyKindOfDrift_isFound_andNothingElse(Servers servers) {
        try (Bench bench = new Bench(servers, "audit")) {
            ConfigurableApplicationContext batcher = bench.startBatcher(EAGER);
            for (long post = 1; post <= 30; post++) {
                like(bench, post);
            }
            bench.awaitDrained();
            RedisCommands<byte[], byte[]> redis = bench.redis();
            redis.hincrby(counts(bench, 1, 5), bytes("5"), 1);
            redis.sadd(bench.layout().members(CounterFamily.LIKES, 2, 6), bytes("4711"));
            redis.hdel(counts(bench, 3, 7), bytes("7"));
            redis.del(bench.layout().members(CounterFamily.LIKES, 4, 8));
            Findings findings = batcher.getBean(Findings.class);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(findings.places())
                            .containsExactlyInAnyOrder(
                                    new Place(CounterFamily.LIKES, 1, 5),
                                    new Place(CounterFamily.LIKES, 2, 6),
                                    new Place(CounterFamily.LIKES, 3, 7),
                                    new Place(CounterFamily.LIKES, 4, 8)));
            assertThat(batcher.getBean(MeterRegistry.class)
                            .get("spillway.batcher.audit.drift")
                            .gauge()
                            .value())
                    .isEqualTo(4);
            assertThat(findings.health().getStatus().getCode()).isEqualTo("DRIFT");

            redis.hincrby(counts(bench, 1, 5), bytes("5"), -1);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(findings.places()).doesNotContain(new Place(CounterFamily.LIKES, 1, 5)));
        }
    }

    @Test
    void countsThatMoveWhileTheyAreAudited_areNoDrift(Servers servers) {
        try (Bench bench = new Bench(servers, "audit-moving")) {
            ConfigurableApplicationContext batcher = bench.startBatcher(EAGER);
            Counter audited = batcher.getBean(MeterRegistry.class)
                    .get("spillway.batcher.audit.posts")
                    .counter();
            Random random = new Random(1);
            Findings findings = batcher.getBean(Findings.class);
            int known = 0;
            for (int round = 0; round < 400 || (audited.count() <= 1_000 && round < 10_000); round++) {
                for (int i = 0; i < 200; i++) {
                    bench.like(1 + random.nextInt(5), 1 + random.nextInt(1_000_000), random.nextInt(5) > 0);
                }
                bench.awaitSent();
                known = Math.max(known, findings.size());
            }
            bench.awaitDrained();

            assertThat(known).isZero();
            assertThat(findings.places()).isEmpty();
            assertThat(audited.count()).isGreaterThan(1_000);
        }
    }

    @Test
    void aRedisThatMayThrowCountsAway_isAnAlarm(Servers servers) {
        try (Bench bench = new Bench(servers, "audit-eviction")) {
            bench.redis().configSet("maxmemory-policy", "allkeys-lru");
            try {
                Findings findings = bench.startBatcher(EAGER).getBean(Findings.class);
                await().atMost(Duration.ofSeconds(20)).until(findings::evicting);
                assertThat(findings.health().getDetails()).containsEntry("maxmemory-policy", "allkeys-lru");
            } finally {
                bench.redis().configSet("maxmemory-policy", "noeviction");
            }
        }
    }
}
