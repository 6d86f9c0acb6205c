package spillway.metrics.views;

import java.time.Clock;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.function.SingletonSupplier;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;

/** Wires views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ViewRules.class)
class ViewConfiguration {

    @Bean
    Views views(ViewRules rules) {
        return new Views(rules.posts(), rules.viewers());
    }

    @Bean
    ViewKeys viewKeys(CounterLayout layout) {
        return new ViewKeys(layout.prefix());
    }

    @Bean
    ViewFlush viewFlush(Views views, ViewKeys keys, RedisLink redis, ViewRules rules) {
        return new ViewFlush(views, keys, redis, rules.flushEvery());
    }

    @Bean
    ViewCounts viewCounts(Views views, ViewKeys keys, RedisLink redis) {
        return new ViewCounts(views, keys, redis);
    }

    @Bean
    ViewLog viewLog(ObjectProvider<Producer<byte[], byte[]>> viewProducer, Topics topics) {
        return new ViewLog(SingletonSupplier.of(viewProducer::getObject), topics, Clock.systemUTC());
    }

    @Lazy
    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> viewProducer(ProducerFactory<byte[], byte[]> producers) {
        return producers.copyWithConfigurationOverride(ViewLog.NEVER_IN_THE_WAY).createProducer();
    }
}
