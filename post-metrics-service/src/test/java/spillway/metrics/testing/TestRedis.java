package spillway.metrics.testing;

import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import spillway.platform.counters.RedisLink;
import spillway.platform.testing.Servers;

/** A connection to Redis as the service has one, without the service. */
public final class TestRedis implements AutoCloseable {

    private final LettuceConnectionFactory factory;

    private TestRedis(RedisConfiguration where) {
        factory = where instanceof RedisClusterConfiguration cluster
                ? new LettuceConnectionFactory(cluster)
                : new LettuceConnectionFactory((RedisStandaloneConfiguration) where);
        factory.afterPropertiesSet();
        factory.start();
    }

    public static TestRedis of(Servers servers) {
        RedisStandaloneConfiguration single = new RedisStandaloneConfiguration(
                servers.redis().host(), servers.redis().port());
        single.setPassword(servers.redis().password());
        return new TestRedis(single);
    }

    /** @param nodes host and port of one or more of them */
    public static TestRedis cluster(List<String> nodes, String password) {
        RedisClusterConfiguration cluster = new RedisClusterConfiguration(nodes);
        cluster.setPassword(password);
        return new TestRedis(cluster);
    }

    public RedisLink link() {
        return new RedisLink(factory);
    }

    @Override
    public void close() {
        factory.destroy();
    }
}
