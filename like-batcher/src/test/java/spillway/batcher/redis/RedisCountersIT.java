package spillway.batcher.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import spillway.batcher.collapse.CounterStore;
import spillway.batcher.collapse.Fold;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;
import spillway.platform.counters.Watermark;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.REDIS)
class RedisCountersIT implements StoreContract {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final LettuceConnectionFactory factory;
    private final RedisLink link;
    private final CounterLayout layout;
    private final Script script = RedisCounters.ADVANCE;
    private final RedisCounters store;

    RedisCountersIT(Servers servers) {
        Servers.Redis at = servers.redis();
        RedisStandaloneConfiguration address = new RedisStandaloneConfiguration(at.host(), at.port());
        address.setPassword(at.password());
        this.factory = new LettuceConnectionFactory(address);
        this.link = new RedisLink(factory);
        this.layout = new CounterLayout(at.prefix() + TESTS.incrementAndGet() + ":", 1);
        this.store = new RedisCounters(CounterFamily.LIKES, layout, link, script);
    }

    @BeforeEach
    void connect() {
        factory.afterPropertiesSet();
        factory.start();
    }

    @AfterEach
    void disconnect() {
        factory.destroy();
    }

    @Override
    public CounterStore store() {
        return store;
    }

    @Override
    public Map<Long, Long> counts() {
        Map<Long, Long> counts = new TreeMap<>();
        link.async()
                .hgetall(layout.counts(CounterFamily.LIKES, 0, BUCKET))
                .toCompletableFuture()
                .join()
                .forEach((post, count) -> counts.put(Long.valueOf(text(post)), Long.valueOf(text(count))));
        return counts;
    }

    @Override
    public Set<String> members() {
        return link.async().smembers(layout.members(CounterFamily.LIKES, 0, POST)).toCompletableFuture().join().stream()
                .map(RedisCountersIT::text)
                .collect(Collectors.toSet());
    }

    @Override
    public void spoilMembers() {
        assertThat(link.async()
                        .set(layout.members(CounterFamily.LIKES, 0, POST), "text".getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .join())
                .isEqualTo("OK");
    }

    @Override
    public byte[][] keys(boolean sequences) {
        return Stream.of(
                        layout.watermark(CounterFamily.LIKES, 0, BUCKET),
                        layout.counts(CounterFamily.LIKES, 0, BUCKET),
                        layout.members(CounterFamily.LIKES, 0, POST),
                        layout.sequences(CounterFamily.LIKES, 0, POST))
                .limit(sequences ? 4 : 3)
                .toArray(byte[][]::new);
    }

    @Override
    public void run(byte[][] keys, byte[][] arguments) {
        Object answer = link.async()
                .eval(script.source(), ScriptOutputType.MULTI, keys, arguments)
                .toCompletableFuture()
                .join();
        throw new IllegalStateException(String.valueOf(answer));
    }

    @Test
    void aRedisThatHasNotSeenTheScript_isGivenIt() {
        assertThat(withAScriptThatIsNotKnown()
                        .compareAndApply(0, BUCKET, Watermark.NONE, FIRST, member(true))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new CounterStore.Reply.Applied(1));
    }

    @Test
    void bucketsSentTogether_moveEachForItself_alsoWhereTheScriptIsNotKnown() {
        int other = (BUCKET + 1) % CounterLayout.BUCKETS;

        List<CounterStore.Reply> replies = withAScriptThatIsNotKnown()
                .compareAndApply(
                        0,
                        List.of(
                                new CounterStore.Move(BUCKET, Watermark.NONE, FIRST, member(true)),
                                new CounterStore.Move(other, FIRST, SECOND, new Fold()),
                                new CounterStore.Move(BUCKET, FIRST, SECOND, new Fold())))
                .stream()
                .map(reply -> reply.toCompletableFuture().join())
                .toList();

        assertThat(replies)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new CounterStore.Reply.Applied(1)),
                        second -> assertThat(second).isInstanceOf(CounterStore.Reply.Fenced.class),
                        third -> assertThat(third).isEqualTo(new CounterStore.Reply.Applied(0)));
        List<Watermark> watermarks = store.watermarks(0).toCompletableFuture().join();
        assertThat(watermarks.get(BUCKET)).isEqualTo(SECOND);
        assertThat(watermarks.get(other)).isEqualTo(Watermark.NONE);
    }

    /** Commands that free memory run in a full Redis, and those that take some do not: a script must not be torn between. */
    @Test
    void inAFullRedis_aFlushThatFreesMembers_isDoneWholly_orNotAtAll() {
        apply(Watermark.NONE, FIRST, true);
        config("1");
        try {
            apply(FIRST, SECOND, false);
        } catch (CompletionException refused) {
            assertThat(refused).hasMessageContaining("OOM");
        } finally {
            config("0");
        }
        boolean done =
                SECOND.equals(store.watermarks(0).toCompletableFuture().join().get(BUCKET));
        assertThat(members()).isEqualTo(done ? Set.of() : Set.of("1"));
        assertThat(counts()).isEqualTo(Map.of(POST, done ? 0L : 1L));
    }

    private void apply(Watermark expected, Watermark next, boolean add) {
        store.compareAndApply(0, BUCKET, expected, next, member(add))
                .toCompletableFuture()
                .join();
    }

    private static Fold member(boolean add) {
        Fold fold = new Fold();
        fold.put(POST, 1, add, 0, 0);
        return fold;
    }

    /** The layout's prefix, in a comment, is each test's own. */
    private RedisCounters withAScriptThatIsNotKnown() {
        Script unseen = Script.of(script.source() + "\n-- " + layout.prefix());
        return new RedisCounters(CounterFamily.LIKES, layout, link, unseen);
    }

    private void config(String maxMemory) {
        link.async().configSet("maxmemory", maxMemory).toCompletableFuture().join();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
