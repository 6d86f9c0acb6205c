package spillway.content.shard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * The latest fifty posts of sixteen shards against fifty of one user, and what of it is the transactions' price. Without HTTP,
 * in turn on one thread. Not part of the build:
 * {@code mvn -pl post-content-service -am verify -Dit.test=ScatterBenchmark -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@RealServers({Server.POSTGRES, Server.KAFKA})
class ScatterBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(ScatterBenchmark.class);
    private static final int SHARDS = 16;
    private static final int ROUNDS = Integer.getInteger("spillway.benchmark.rounds", 500);
    private static final int USERS = 200;
    private static final int POSTS_PER_SHARD = 40_000;
    private static final String OF_USER =
            "SELECT * FROM post WHERE user_id = :user AND id < :before AND NOT deleted ORDER BY id DESC LIMIT 51";
    private static final String LATEST = """
            SELECT owned.slots::text AS owned, p.* FROM ownership owned LEFT JOIN LATERAL (
                SELECT id, user_id, content, media_urls, version FROM post
                WHERE id < :before AND NOT deleted AND owned.slots @> slot_of(id)
                ORDER BY id DESC LIMIT 51) p ON true""";

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void latestOfAll_againstAUsers(Servers servers) {
        List<String> urls = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            urls.add(servers.postgres().newDatabase().url());
        }
        Storage storage = new Storage(servers.postgres().newDatabase(), urls);
        try (TestService service = TestService.start(servers, storage, "spillway.content.first-shards=" + SHARDS)) {
            Shards shards = service.bean(Shards.class);
            JdbcClient jdbc = service.bean(JdbcClient.class);
            ExecutorService scatter = service.bean(ExecutorService.class);
            for (int shard = 0; shard < SHARDS; shard++) {
                fill(shards, jdbc, shard);
            }
            Map<String, Runnable> ways = new LinkedHashMap<>();
            ways.put("user, transaction", () -> {
                Slot slot = new Slot(random.nextInt(Slot.COUNT));
                shards.read(slot, () -> ofUser(jdbc, slot));
            });
            ways.put("user, autocommit", () -> {
                Slot slot = new Slot(random.nextInt(Slot.COUNT));
                CurrentShard.call(shards.shardOf(slot), () -> ofUser(jdbc, slot));
            });
            ways.put("latest, transactions", () -> shards.readAll(() -> new Part<>(SlotSet.ALL, latest(jdbc))));
            ways.put("latest, autocommit", () -> {
                List<Callable<Integer>> asks = new ArrayList<>();
                for (int shard : shards.numbers()) {
                    asks.add(() -> CurrentShard.call(shard, () -> latest(jdbc)));
                }
                all(scatter, asks);
            });
            ways.put("latest, one after the other", () -> {
                for (int shard : shards.numbers()) {
                    CurrentShard.call(shard, () -> latest(jdbc));
                }
            });
            Map<String, List<Long>> nanos = new LinkedHashMap<>();
            for (int round = -ROUNDS / 3; round < ROUNDS; round++) {
                for (Map.Entry<String, Runnable> way : ways.entrySet()) {
                    long began = System.nanoTime();
                    way.getValue().run();
                    if (round >= 0) {
                        nanos.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                                .add(System.nanoTime() - began);
                    }
                }
            }
            nanos.forEach((way, all) -> {
                List<Long> sorted = all.stream().sorted().toList();
                LOG.warn(
                        "{}: p50 {} us, p99 {} us",
                        way,
                        sorted.get(ROUNDS / 2) / 1_000,
                        sorted.get(ROUNDS * 99 / 100) / 1_000);
            });
        }
    }

    private static int ofUser(JdbcClient jdbc, Slot slot) {
        return jdbc.sql(OF_USER)
                .param("user", slot.number() % USERS + 1)
                .param("before", Long.MAX_VALUE)
                .query((row, n) -> row.getString("content"))
                .list()
                .size();
    }

    private static int latest(JdbcClient jdbc) {
        return jdbc.sql(LATEST)
                .param("before", Long.MAX_VALUE)
                .query((row, n) -> row.getString("content"))
                .list()
                .size();
    }

    private static void all(ExecutorService scatter, List<Callable<Integer>> asks) {
        try {
            for (Future<Integer> answer : scatter.invokeAll(asks)) {
                answer.resultNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Posts of one of its own slots, and their statistics: before there are any, the plan for the latest sorts them all. */
    private static void fill(Shards shards, JdbcClient jdbc, int shard) {
        int slot = shard * (Slot.COUNT / SHARDS);
        shards.write(
                shard,
                () -> jdbc.sql("""
                        INSERT INTO post SELECT :first + (g::bigint << 22), g % :users + 1, repeat(md5(g::text), 4), '{}', 1, false
                        FROM generate_series(1, :posts) g""")
                        .param("first", PostId.of(1, new Slot(slot), 1).value())
                        .param("users", USERS)
                        .param("posts", POSTS_PER_SHARD)
                        .update());
        shards.write(shard, () -> jdbc.sql("ANALYZE").update());
    }
}
