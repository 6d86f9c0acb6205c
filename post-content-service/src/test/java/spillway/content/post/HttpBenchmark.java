package spillway.content.post;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;
import spillway.content.testing.Api;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * What clients see of two choices, over HTTP: posts per second with and without shared commits, and the latest posts of
 * sixteen shards against those of one user. The clients share process and processors with the service. Not part of the
 * build: {@code ./spillway bench posts} and {@code ./spillway bench latest}.
 */
@RealServers({Server.POSTGRES, Server.KAFKA})
class HttpBenchmark {

    private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("spillway.benchmark.seconds", 5));
    private static final int TURNS = Integer.getInteger("spillway.benchmark.turns", 5);
    private static final int WRITERS = 64;
    private static final int ROUNDS = Integer.getInteger("spillway.benchmark.rounds", 3_000);
    private static final int SHARDS = 16;
    private static final int POSTS_PER_SHARD = 40_000;
    private static final int USERS_PER_SHARD = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    @Test
    void posts_perSecond(Servers servers) throws InterruptedException {
        try (TestService service = TestService.start(servers, Storage.create(servers))) {
            Api api = service.api();
            List<UserId> users = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> Users.onShard(writer % Users.SHARDS))
                    .toList();
            List<String> tokens = users.stream().map(TestTokens::of).toList();
            IntFunction<HttpRequest> post = writer -> request(api, "/v1/posts", tokens.get(writer))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"content\":\"What a day to write something down.\"}"))
                    .build();
            List<String> paths = List.of("single", "batched");
            for (String path : paths) {
                api.useInsertPath(path);
                perSecond(post, 201);
            }
            double[][] rates = new double[paths.size()][TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                for (int path = 0; path < paths.size(); path++) {
                    api.useInsertPath(paths.get(path));
                    rates[path][turn] = perSecond(post, 201);
                }
            }
            double single = median(rates[0]);
            double batched = median(rates[1]);
            say(
                    ("by HTTP, %s clients, %s shards: %s posts/s each in a transaction of its own, %s in shared ones: %s times"
                                    + " (medians of %s, %s s in turn)")
                            .formatted(
                                    WRITERS,
                                    Users.SHARDS,
                                    Math.round(single),
                                    Math.round(batched),
                                    tenths(batched / single),
                                    TURNS,
                                    TURN.toSeconds()));
        }
    }

    private double perSecond(IntFunction<HttpRequest> requests, int expected) throws InterruptedException {
        LongAdder answered = new LongAdder();
        LongAdder others = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + TURN.toNanos();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < WRITERS; client++) {
                HttpRequest request = requests.apply(client);
                clients.execute(() -> {
                    while (System.nanoTime() - end < 0) {
                        (status(request) == expected ? answered : others).increment();
                    }
                });
            }
        }
        if (others.sum() > 0) {
            say("   %s had another answer than %s".formatted(others.sum(), expected));
        }
        return answered.sum() / ((System.nanoTime() - begin) / 1e9);
    }

    /** One client, in turn: how long an answer takes, not how many there can be. */
    @Test
    void latestOfAll_againstAUsers(Servers servers) {
        List<String> urls = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            urls.add(servers.postgres().newDatabase().url());
        }
        Storage storage = new Storage(servers.postgres().newDatabase(), urls);
        try (TestService service = TestService.start(servers, storage, "spillway.content.first-shards=" + SHARDS)) {
            Api api = service.api();
            Shards shards = service.bean(Shards.class);
            JdbcClient jdbc = service.bean(JdbcClient.class);
            for (int shard = 0; shard < SHARDS; shard++) {
                fill(shards, jdbc, shard);
            }
            String token = TestTokens.of(new UserId(1));
            List<HttpRequest> ofUsers = shards.numbers().stream()
                    .map(HttpBenchmark::authorOn)
                    .map(user -> request(api, "/v1/users/" + user + "/posts?limit=50", token)
                            .build())
                    .toList();
            HttpRequest latest = request(api, "/v1/posts?limit=50", token).build();
            double[] single = new double[ROUNDS];
            double[] all = new double[ROUNDS];
            for (int round = -ROUNDS; round < ROUNDS; round++) {
                double one = millis(ofUsers.get(Math.floorMod(round, ofUsers.size())));
                double every = millis(latest);
                if (round >= 0) {
                    single[round] = one;
                    all[round] = every;
                }
            }
            Arrays.sort(single);
            Arrays.sort(all);
            say(
                    ("50 posts of a user: p50 %s ms, p99 %s ms; latest 50 of %s shards: p50 %s ms, p99 %s ms: p99 %s times (%s each, in"
                                    + " turn)")
                            .formatted(
                                    tenths(single[ROUNDS / 2]),
                                    tenths(single[ROUNDS * 99 / 100]),
                                    SHARDS,
                                    tenths(all[ROUNDS / 2]),
                                    tenths(all[ROUNDS * 99 / 100]),
                                    tenths(all[ROUNDS * 99 / 100] / single[ROUNDS * 99 / 100]),
                                    ROUNDS));
        }
    }

    /** Has posts on the shard, among others: see {@link #fill}. */
    private static UserId authorOn(int shard) {
        for (long user = 1; ; user++) {
            UserId id = new UserId(user);
            if (id.slot().number() * SHARDS / Slot.COUNT == shard) {
                return id;
            }
        }
    }

    /**
     * Posts of one of its slots, and their statistics: before there are any, the plan for the latest sorts them all.
     * {@link #authorOn} is one of the authors.
     */
    private static void fill(Shards shards, JdbcClient jdbc, int shard) {
        shards.write(
                shard,
                () -> jdbc.sql("""
                        INSERT INTO post SELECT :first + (g::bigint << 22), :author + g % :users, repeat(md5(g::text), 4), '{}', 1, false
                        FROM generate_series(1, :posts) g""")
                        .param(
                                "first",
                                PostId.of(1, new Slot(shard * (Slot.COUNT / SHARDS)), 1)
                                        .value())
                        .param("author", authorOn(shard).value())
                        .param("users", USERS_PER_SHARD)
                        .param("posts", POSTS_PER_SHARD)
                        .update());
        shards.write(shard, () -> jdbc.sql("ANALYZE").update());
    }

    private double millis(HttpRequest request) {
        long began = System.nanoTime();
        int status = status(request);
        double millis = (System.nanoTime() - began) / 1e6;
        if (status != 200) {
            throw new AssertionError(request + ": " + status);
        }
        return millis;
    }

    private int status(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            return answer.statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(Api api, String path, String token) {
        return HttpRequest.newBuilder(URI.create(api.url() + path)).header("Authorization", "Bearer " + token);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    @SuppressWarnings("SystemOut") // the report
    private static void say(String line) {
        System.out.println(line);
    }
}
