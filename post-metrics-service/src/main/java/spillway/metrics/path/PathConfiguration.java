package spillway.metrics.path;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;

/** Wires the paths of likes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PathRules.class)
class PathConfiguration {

    @Bean
    LikePaths likePaths(PathRules rules, RedisLink redis, CounterLayout layout) {
        return new LikePaths(
                rules.path(),
                new RedisLikes(redis, layout.prefix() + "direct:", 1),
                new RedisLikes(redis, layout.prefix() + "split:", rules.subKeys()));
    }
}
