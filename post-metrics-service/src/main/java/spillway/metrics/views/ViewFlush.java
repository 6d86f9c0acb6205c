package spillway.metrics.views;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import spillway.metrics.problem.Ticker;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.counters.RedisLink;

/**
 * Carries gathered views to Redis, in one pipeline per flush. What fails is kept for the next flush; a flush whose answer
 * was lost is then counted twice, which a view may be and a like may not.
 */
final class ViewFlush implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ViewFlush.class);

    private final Views views;
    private final ViewKeys keys;
    private final RedisLink redis;
    private final Ticker ticker;
    private volatile boolean running;

    ViewFlush(Views views, ViewKeys keys, RedisLink redis, Duration every) {
        this.views = views;
        this.keys = keys;
        this.redis = redis;
        this.ticker = new Ticker("view-flush", every, this::flush);
    }

    /** Returns when Redis has answered, or failed to, for everything that was gathered. */
    void flush() {
        List<Gathered> drained = views.drain();
        if (drained.isEmpty()) {
            return;
        }
        RedisClusterAsyncCommands<byte[], byte[]> commands;
        try {
            commands = redis.async();
        } catch (DataAccessException away) {
            drained.forEach(views::restore);
            LOG.debug("Views wait for Redis", away);
            return;
        }
        drained.stream().map(gathered -> send(gathered, commands)).toList().forEach(CompletableFuture::join);
    }

    private CompletableFuture<?> send(Gathered gathered, RedisClusterAsyncCommands<byte[], byte[]> commands) {
        CompletableFuture<?> counted = commands.incrby(keys.views(gathered.post()), gathered.views())
                .toCompletableFuture()
                .exceptionally(failure -> {
                    views.restore(new Gathered(gathered.post(), gathered.views(), Set.of()));
                    return null;
                });
        if (gathered.viewers().isEmpty()) {
            return counted;
        }
        byte[][] viewers = gathered.viewers().stream()
                .map(viewer -> Long.toString(viewer).getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        CompletableFuture<?> seen = commands.pfadd(keys.viewers(gathered.post()), viewers)
                .toCompletableFuture()
                .exceptionally(failure -> {
                    views.restore(new Gathered(gathered.post(), 0, gathered.viewers()));
                    return null;
                });
        return CompletableFuture.allOf(counted, seen);
    }

    @Override
    public void start() {
        running = true;
        ticker.start();
    }

    @Override
    public void stop() {
        running = false;
        ticker.stop();
        flush();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the web server, which brings views, and before the connection to Redis. */
    @Override
    public int getPhase() {
        return 1;
    }
}
