package spillway.batcher.rebuild;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/**
 * That one rebuild runs at a time: a key that its holder renews, and that ends by itself when the holder is killed. It saves
 * work and confusion only; what keeps the counts right when two run all the same are the generations' compare-and-sets.
 */
final class Claim implements AutoCloseable {

    /** After so long without a renewal the holder is taken for dead. */
    static final Duration LIFE = Duration.ofSeconds(6);

    private static final Duration RENEWED = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Script RENEW = Script.of("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then
              return 0
            end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """);

    private static final Script RELEASE = Script.of("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              redis.call('DEL', KEYS[1])
            end
            return 1
            """);

    private final RedisLink redis;
    private final byte[] key;
    private final byte[] holder;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("claim").factory());
    private volatile boolean lost;

    private Claim(RedisLink redis, byte[] key, byte[] holder) {
        this.redis = redis;
        this.key = key;
        this.holder = holder;
    }

    /**
     * Takes the claim; waits as long as its holder may still be alive.
     *
     * @param holder who wants it, to be told to others
     * @throws NotRebuilt when its holder is alive
     */
    static Claim take(CounterLayout layout, RedisLink redis, String holder) {
        Claim claim = new Claim(redis, bytes(layout.prefix() + "counters:rebuild"), bytes(holder));
        long before = Long.MAX_VALUE;
        while (!claim.tryTake()) {
            long left = join(redis.async().pttl(claim.key));
            if (left > before) {
                byte[] other = join(redis.async().get(claim.key));
                throw new NotRebuilt(
                        "a rebuild is under way: " + (other == null ? "" : new String(other, StandardCharsets.UTF_8)));
            }
            before = left;
            LockSupport.parkNanos(LOOK.toNanos());
        }
        var unused = claim.clock.scheduleAtFixedRate(
                claim::renew, RENEWED.toMillis(), RENEWED.toMillis(), TimeUnit.MILLISECONDS);
        return claim;
    }

    private boolean tryTake() {
        return join(redis.async().set(key, holder, SetArgs.Builder.nx().px(LIFE))) != null;
    }

    private void renew() {
        try {
            lost |= join(RENEW.<Long>call(
                            redis.async(),
                            ScriptOutputType.INTEGER,
                            new byte[][] {key},
                            holder,
                            bytes(Long.toString(LIFE.toMillis()))))
                    == 0;
        } catch (DataAccessException | CompletionException away) {
            // The next turn shows whether it was lost meanwhile.
            return;
        }
    }

    /** @throws NotRebuilt when another rebuild may have begun */
    void require() {
        if (lost) {
            throw new NotRebuilt("Redis lost what this rebuild had claimed, or it was stopped for too long");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            var unused = join(RELEASE.<Long>call(redis.async(), ScriptOutputType.INTEGER, new byte[][] {key}, holder));
        } catch (DataAccessException | CompletionException away) {
            // It ends by itself.
            return;
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
