package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.Events;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.events.Topics;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/**
 * Invariant I8: half of the shards stop answering without a word, as those of a stopped server do, while everybody reads and
 * writes. I7: they come back by themselves.
 */
@RealServers({Server.POSTGRES, Server.KAFKA})
class ShardStalledIT {

    private static final Logger LOG = LoggerFactory.getLogger(ShardStalledIT.class);
    private static final int FIRST_STALLED = 4;
    private static final int CALLERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Wire> wires = new ArrayList<>();

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
    }

    @Test
    void stalledShards_costOthersNothing_andLoseNothing(Servers servers) {
        Storage storage = Storage.create(servers);
        for (int shard = FIRST_STALLED; shard < Users.SHARDS; shard++) {
            Wire wire = storage.wireTo(shard);
            wire.mend();
            wires.add(wire);
            storage = storage.with(shard, wire);
        }
        try (TestService service = TestService.start(servers, storage);
                Events events = new Events(servers.kafka(), service.bean(Topics.class))) {
            Api api = service.api();
            Load load = new Load(api);
            load.run(Duration.ofSeconds(4));
            Seen before = load.run(Duration.ofSeconds(4));

            wires.forEach(Wire::stall);
            Seen opening = load.run(Duration.ofSeconds(4));
            Seen during = load.run(Duration.ofSeconds(4));
            LOG.warn("before {}; first seconds {}; then {}", before, opening, during);

            // Nobody of the others fails or waits for a stalled shard; how their rates compare is in the log.
            assertThat(opening.failed() + during.failed()).isZero();
            assertThat(during.answered()).isGreaterThan(before.answered() / 2);
            assertThat(during.slowest()).isLessThan(1_000);
            // Callers of the stalled ones hold no thread: but for the probes, they are told at once.
            assertThat(during.refused()).isGreaterThan(CALLERS);
            for (int shard = FIRST_STALLED; shard < Users.SHARDS; shard++) {
                assertThat(gauge(service, "spillway.content.shard.away", shard)).isEqualTo(1);
            }
            Answer latest = api.get(Users.any(), "/v1/posts?limit=100");
            assertThat(latest.status()).isEqualTo(200);
            assertThat(latest.json().get("incomplete").toString()).isEqualTo("[4,5,6,7]");

            wires.forEach(Wire::calm);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    api.get(Users.any(), "/v1/posts").json().get("incomplete"))
                            .isEmpty());
            for (UserId user : Users.onEveryShard()) {
                await().atMost(PATIENCE)
                        .until(() -> api.post(user, "/v1/posts", "{\"content\":\"x\"}")
                                        .status()
                                == 201);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.posts()).containsAll(load.published()));
            assertThat(load.published()).isNotEmpty();
        }
    }

    private static double gauge(TestService service, String name, int shard) {
        return service.bean(MeterRegistry.class)
                .get(name)
                .tag("shard", Integer.toString(shard))
                .gauge()
                .value();
    }

    /**
     * What users of the shards that are not stalled saw, and how many of the others were refused.
     *
     * @param p99 milliseconds
     * @param slowest milliseconds
     */
    private record Seen(int answered, int failed, long p99, long slowest, int refused) {}

    /** Users of all shards who write and read, each one request after the other, and rest when they are refused. */
    private static final class Load {

        private final Api api;
        private final List<String> published = Collections.synchronizedList(new ArrayList<>());

        Load(Api api) {
            this.api = api;
        }

        List<String> published() {
            return published;
        }

        Seen run(Duration length) {
            AtomicBoolean over = new AtomicBoolean();
            List<Long> millis = Collections.synchronizedList(new ArrayList<>());
            List<Integer> failed = Collections.synchronizedList(new ArrayList<>());
            List<Integer> refused = Collections.synchronizedList(new ArrayList<>());
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    int shard = caller % Users.SHARDS;
                    UserId user = Users.onShard(shard);
                    executor.execute(() -> {
                        for (int n = 0; !over.get(); n++) {
                            long began = System.nanoTime();
                            int status = request(user, n);
                            if (status >= 400 && shard >= FIRST_STALLED) {
                                refused.add(status);
                                rest();
                            } else if (status >= 400) {
                                failed.add(status);
                            } else if (shard < FIRST_STALLED) {
                                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                            }
                        }
                    });
                }
                sleep(length);
                over.set(true);
            }
            long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Seen(
                    sorted.length,
                    failed.size(),
                    sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100],
                    Arrays.stream(sorted).max().orElse(0),
                    refused.size());
        }

        private int request(UserId user, int n) {
            if (n % 4 != 0) {
                return api.get(user, "/v1/users/" + user + "/posts").status();
            }
            Answer answer = api.post(user, "/v1/posts", "{\"content\":\"x\"}");
            if (answer.status() == 201) {
                published.add(answer.text("id"));
            }
            return answer.status();
        }

        private static void rest() {
            sleep(Duration.ofMillis(100));
        }

        private static void sleep(Duration length) {
            try {
                Thread.sleep(length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
