package spillway.content.upkeep;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;

/** Wires the upkeep of the shards. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

    @Bean
    PostPartitions postPartitions(Shards shards, JdbcClient shard, Clock clock) {
        return new PostPartitions(shards, shard, clock);
    }

    @Bean
    ExpiredKeys expiredKeys(Shards shards, JdbcClient shard, Clock clock, UpkeepSettings settings) {
        return new ExpiredKeys(shards, shard, clock, settings.keepKeys(), settings.pages());
    }

    @Bean
    Upkeep upkeep(Shards shards, PostPartitions partitions, ExpiredKeys keys, UpkeepSettings settings) {
        return new Upkeep(shards, partitions, keys, settings.every());
    }
}
