package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.platform.counters.CounterFamily;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** A log that is not the one the counts came from stops the counting, and says so. */
@RealServers({Server.REDIS, Server.KAFKA})
class HaltIT {

    private static void haltsOver(ConfigurableApplicationContext batcher, String reason) {
        Halts logs = batcher.getBean(Halts.class);
        // The other family may halt before, over the same fault.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                String.valueOf(logs.health().getDetails().get("likes")))
                        .contains(reason));
        assertThat(logs.health().getStatus()).isEqualTo(Status.DOWN);
    }

    private static void watermark(Bench bench, String value) {
        bench.redis().set(bench.layout().watermark(CounterFamily.LIKES, 3, 5), value.getBytes(StandardCharsets.UTF_8));
    }

    private static String topicId(Bench bench) {
        return Bench.text(bench.redis().get(bench.layout().watermark(CounterFamily.LIKES, 3, 5)))
                .split(":", -1)[0];
    }

    @Test
    void watermarksOfAnotherTopicOfThatName_haltTheFamily(Servers servers) {
        try (Bench bench = new Bench(servers, "recreated")) {
            watermark(bench, "AAAAAAAAAAAAAAAAAAAAAA:0");

            haltsOver(bench.startBatcher(), "counted from topic AAAAAAAAAAAAAAAAAAAAAA");
        }
    }

    @Test
    void watermarksPastTheEndOfTheLog_haltTheFamily(Servers servers) {
        try (Bench bench = new Bench(servers, "truncated")) {
            ConfigurableApplicationContext before = bench.startBatcher();
            for (long user = 1; user < 100; user++) {
                bench.like(1, user, true);
            }
            bench.awaitDrained();
            before.close();
            watermark(bench, topicId(bench) + ":1000000");

            haltsOver(bench.startBatcher(), "but the log ends at");
        }
    }

    @Test
    void aTopicMadeAnewUnderARunningReader_haltsTheFamily(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "made-anew")) {
            ConfigurableApplicationContext batcher = bench.startBatcher();
            for (long user = 1; user < 100; user++) {
                bench.like(1, user, true);
            }
            bench.awaitDrained();
            bench.makeTopicAnew();

            haltsOver(batcher, "counted from topic");
        }
    }

    @Test
    void anotherNumberOfPartitions_haltsTheFamily(Servers servers) {
        try (Bench bench = new Bench(servers, "partitions")) {
            bench.startBatcher().close();
            bench.like(1, 1, true);

            haltsOver(bench.startBatcher(Map.of("spillway.topics.partitions", "4")), "has 8 partitions, but 4");
        }
    }
}
