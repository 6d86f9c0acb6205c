package spillway.metrics.pressure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;
import spillway.metrics.counts.Backlog;
import spillway.metrics.engage.LogShape;

/** Wires what is told of pressure. */
@Configuration(proxyBeanMethods = false)
class PressureConfiguration {

    @Bean
    ProducerBuffer producerBuffer(ProducerFactory<byte[], byte[]> producers) {
        return new ProducerBuffer(producers);
    }

    @Bean
    BacklogWatch backlogWatch(Backlog backlog, LogShape log) {
        return new BacklogWatch(backlog, log);
    }
}
