package spillway.platform.counters;

import io.lettuce.core.ClientOptions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import spillway.platform.events.Topics;

/** The counters' layout and the shared connection, for services that have Redis. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "spillway.platform.events.TopicsConfiguration"
        })
@ConditionalOnClass(LettuceConnection.class)
class CountersConfiguration {

    /** Commands that wait for their answers: past it they are refused, so a stalled Redis cannot fill the heap. */
    private static final int QUEUED_COMMANDS = 50_000;

    @Bean
    CounterLayout counterLayout(@Value("${spillway.redis.prefix}") String prefix, Topics topics) {
        return new CounterLayout(prefix, topics.partitions());
    }

    @Bean
    @ConditionalOnBean(RedisConnectionFactory.class)
    RedisLink redisLink(RedisConnectionFactory factory) {
        return new RedisLink(factory);
    }

    @Bean
    @ConditionalOnBean(RedisConnectionFactory.class)
    CountersInUse countersInUse(RedisLink redis, CounterLayout layout) {
        return new CountersInUse(redis, layout);
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUED_COMMANDS);
    }
}
