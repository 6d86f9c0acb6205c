package spillway.content.id;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.content.shard.Catalog;

@Configuration(proxyBeanMethods = false)
class IdConfiguration {

    private static final Duration AHEAD = Duration.ofSeconds(30);

    @Bean
    PostIds postIds(Clock clock) {
        return new PostIds(clock);
    }

    @Bean
    @ConditionalOnProperty(name = "spillway.content.serve", matchIfMissing = true)
    IdSupply idSupply(PostIds ids, Catalog catalog, Clock clock) {
        return new IdSupply(ids, new IdNodes(catalog.jdbc()), clock, AHEAD);
    }
}
