package spillway.batcher.rebuild;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.batcher.redis.Handover;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;

/** Wires what a batcher does for a rebuild. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    @Bean
    FinishHandover finishHandover(CounterLayout layout, RedisLink redis) {
        return new FinishHandover(new Handover(layout, redis));
    }
}
