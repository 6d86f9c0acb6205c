package spillway.platform.counters;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

/**
 * The one connection to Redis that a service's threads share: Lettuce pipelines whatever they send. It opens on first
 * use and comes back by itself; while it is away commands fail at once instead of waiting in a queue. Thread-safe.
 */
public final class RedisLink {

    private final RedisConnectionFactory factory;

    public RedisLink(RedisConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Commands on the shared connection, answered in the order they were sent.
     *
     * @throws org.springframework.dao.DataAccessException when there is no connection and none can be opened
     */
    public RedisClusterAsyncCommands<byte[], byte[]> async() {
        if (factory.getConnection() instanceof LettuceConnection connection) {
            return connection.getNativeConnection();
        }
        throw new IllegalStateException("Redis is not reached through Lettuce: " + factory.getClass());
    }

    /**
     * Reads to be sent together on the shared connection.
     *
     * @throws org.springframework.dao.DataAccessException when there is no connection and none can be opened
     */
    public Pipeline pipeline() {
        return new Pipeline(async());
    }
}
