package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import spillway.metrics.testing.TestRedis;
import spillway.metrics.views.ViewStore.Reads;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.REDIS)
class RedisViewStoreIT extends ViewStoreContract {

    private static final AtomicLong POSTS = new AtomicLong();

    private final TestRedis redis;
    private final ViewKeys keys;
    private final ViewStore store;

    RedisViewStoreIT(Servers servers) {
        this.redis = TestRedis.of(servers);
        this.keys = new ViewKeys(servers.redis().prefix());
        this.store = new RedisViewStore(keys, redis.link(), Duration.ofMillis(200));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    ViewStore store() {
        return store;
    }

    @Override
    long newPost() {
        return POSTS.incrementAndGet();
    }

    private RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return redis.link().async();
    }

    @Test
    void aSealThatIsLeft_isForgottenInTheEnd_butNotASubKeyInUse() {
        long post = newPost();
        done(store.seal(post, 100, 0));
        assertThat(done(commands().ttl(keys.subKey(post, 0)))).isEqualTo(-1);
        done(store.retire(post, 100, 0));
        assertThat(done(commands().ttl(keys.subKey(post, 0)))).isPositive();

        done(store.addToSubKey(200, 0, new Gathered(post, Tally.counted(1), Set.of())));
        assertThat(done(commands().ttl(keys.subKey(post, 0)))).isEqualTo(-1);
    }

    @Test
    void oneOfThoseWhoAsk_tendsAPost() {
        long post = newPost();
        assertThat(done(store.claim(post))).isTrue();
        assertThat(done(store.claim(post))).isFalse();
        assertThat(done(commands().pttl(keys.claim(post)))).isBetween(0L, 200L);
    }

    @Test
    void moreViewersThanOneCommandTakes_areAllSeen() {
        long post = newPost();
        Set<Long> viewers = LongStream.range(0, 20_000).boxed().collect(Collectors.toSet());
        done(store.addToSubKey(100, 0, new Gathered(post, Tally.counted(20_000), viewers)));
        done(store.gatherViewers(post, 0));

        Reads reads = store.reads();
        var base = reads.base(post);
        reads.send();
        assertThat(done(base).viewers()).isBetween(19_500L, 20_500L);
    }

    @Test
    void scriptsThatRedisHasForgotten_areSentAgain() {
        long post = newPost();
        done(commands().scriptFlush());
        assertThat(done(store.addToSubKey(100, 0, new Gathered(post, Tally.counted(1), Set.of()))))
                .isTrue();
    }
}
