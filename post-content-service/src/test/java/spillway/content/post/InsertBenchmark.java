package spillway.content.post;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.insert.InsertPath;
import spillway.content.insert.InsertRules;
import spillway.content.insert.Outcome;
import spillway.content.insert.Outcome.Done;
import spillway.content.insert.ShardBatches;
import spillway.content.outbox.Outbox;
import spillway.content.shard.Shards;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * Posts per second, and this process' processor time per post, of one transaction per post and of batches; by JPA and, for
 * its price, by JDBC alone. Without HTTP; Postgres syncs every commit. Not part of the build: {@code ./spillway bench posts}.
 */
@RealServers({Server.POSTGRES, Server.KAFKA})
class InsertBenchmark {

    private static final int SECONDS = Integer.getInteger("spillway.benchmark.seconds", 4);
    /** What is turned away is no insert, and one for itself holds a connection of the pool. */
    private static final String EVERYBODY_MAY_WAIT = "spillway.content.breaker.max-waiting=1000";
    /** Nor is a shard given up that is slow because all ask it at once. */
    private static final String NO_SHARD_HANGS = "spillway.content.breaker.hangs=1000000";

    private static final String INSERT =
            "INSERT INTO post (id, user_id, content, media_urls, version, deleted) VALUES (?, ?, ?, ?, 1, false)";

    /** Without the relays the outbox fills up, and what is measured is the inserts alone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void posts_perSecond(boolean relays, Servers servers) {
        Storage storage = Storage.create(servers);
        String kafka = relays ? servers.kafka().bootstrapServers() : "127.0.0.1:1";
        String retry = "spillway.content.outbox.retry-delay=" + (relays ? "1s" : "1h");
        try (TestService service =
                TestService.startWithKafkaAt(kafka, servers, storage, retry, EVERYBODY_MAY_WAIT, NO_SHARD_HANGS)) {
            InsertPosts insert = service.bean(InsertPosts.class);
            // Whatever is measured first is compiled meanwhile.
            new Bench(service, 64, 8).measure("warm-up", (shard, draft) -> insert.insert(shard, List.of(draft)));
            for (int callers : new int[] {256, 64}) {
                for (int shards : new int[] {1, 8}) {
                    String run = "%s, %d callers, %d shards".formatted(relays ? "relays" : "store", callers, shards);
                    Bench bench = new Bench(service, callers, shards);
                    bench.measure(run + ", single", (shard, draft) -> insert.insert(shard, List.of(draft)));
                    for (int inFlight : new int[] {1, 2, 4}) {
                        batched(inFlight, insert::insert, (way) -> bench.measure(run + ", jpa x " + inFlight, way));
                    }
                    batched(
                            2,
                            (shard, drafts) -> byJdbc(service, shard, drafts),
                            (way) -> bench.measure(run + ", jdbc x 2", way));
                }
            }
        }
    }

    private interface Transaction {
        List<Outcome<PostId>> insert(int shard, List<PostDraft> drafts);
    }

    private interface Measuring {
        void of(BiConsumer<Integer, PostDraft> way);
    }

    private static void batched(int inFlight, Transaction transaction, Measuring measuring) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InsertRules rules =
                new InsertRules(InsertPath.BATCHED, 128, Duration.ofMillis(2), inFlight, 2_000, Duration.ofSeconds(5));
        try (ShardBatches<PostDraft, PostId> batches =
                new ShardBatches<>("posts", rules, shard -> drafts -> transaction.insert(shard, drafts), meters)) {
            measuring.of(batches::insert);
            say("   %s rows per transaction"
                    .formatted(Math.round(
                            meters.get("spillway.content.insert.rows").summary().mean())));
        }
    }

    private static List<Outcome<PostId>> byJdbc(TestService service, int shard, List<PostDraft> drafts) {
        JdbcTemplate jdbc = service.bean(JdbcTemplate.class);
        return service.bean(Shards.class).write(shard, () -> {
            service.bean(IdempotencyKeys.class)
                    .claimAll(drafts.stream().map(PostDraft::claim).toList());
            jdbc.batchUpdate(INSERT, drafts, drafts.size(), (row, draft) -> {
                row.setLong(1, draft.id().value());
                row.setLong(2, draft.author().value());
                row.setString(3, draft.body().content());
                row.setArray(4, row.getConnection().createArrayOf("text", new String[0]));
            });
            service.bean(Outbox.class)
                    .appendAll(drafts.stream().map(PostDraft::event).toList());
            return drafts.stream()
                    .<Outcome<PostId>>map(draft -> new Done<>(draft.id()))
                    .toList();
        });
    }

    private record Bench(TestService service, int callers, int shards) {

        void measure(String name, BiConsumer<Integer, PostDraft> way) {
            run(way, Duration.ofSeconds(SECONDS).dividedBy(2));
            long cpu = cpu();
            long begin = System.nanoTime();
            long posts = run(way, Duration.ofSeconds(SECONDS));
            double seconds = (System.nanoTime() - begin) / 1e9;
            say("%s: %s posts/s, %s us of processor time each"
                    .formatted(name, Math.round(posts / seconds), Math.round((cpu() - cpu) / 1e3 / posts)));
        }

        private long run(BiConsumer<Integer, PostDraft> way, Duration length) {
            LongAdder posts = new LongAdder();
            AtomicBoolean over = new AtomicBoolean();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < callers; caller++) {
                    int shard = caller % shards;
                    UserId user = Users.onShard(shard);
                    executor.execute(() -> {
                        while (!over.get()) {
                            try {
                                way.accept(shard, draft(user, posts.longValue()));
                                posts.increment();
                            } catch (RuntimeException e) {
                                failures.add(e);
                            }
                        }
                    });
                }
                Thread.sleep(length);
                over.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!failures.isEmpty()) {
                say("   %s failed, such as %s".formatted(failures.size(), failures.getFirst()));
            }
            return posts.sum();
        }

        private PostDraft draft(UserId user, long number) {
            NewPost body = new NewPost("Post " + number, List.of());
            PostId id = service.bean(PostIds.class).next(user.slot());
            Claim claim = new Claim(user, new IdempotencyKey(id.toString()), body.fingerprint(), id);
            return new PostDraft(
                    id, user, body, service.bean(PostEvents.class).created(Post.first(id, user, body)), claim);
        }

        private static long cpu() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    @SuppressWarnings("SystemOut") // the report
    private static void say(String line) {
        System.out.println(line);
    }
}
