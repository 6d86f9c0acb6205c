package spillway.content.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import spillway.content.shard.Shards;
import spillway.platform.events.Topics;

@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    @Bean
    Bells bells() {
        return new Bells();
    }

    @Bean
    Delivery delivery(KafkaTemplate<byte[], byte[]> kafka, Topics topics, OutboxSettings settings) {
        return new KafkaDelivery(kafka, topics.postEvents(), settings.ackTimeout());
    }

    @Bean
    @ConditionalOnProperty(name = "spillway.content.serve", matchIfMissing = true)
    OutboxRelays outboxRelays(
            Shards shards,
            JdbcClient jdbc,
            Delivery delivery,
            Bells bells,
            OutboxSettings settings,
            Clock clock,
            MeterRegistry meters) {
        return new OutboxRelays(
                shards,
                shard -> metered(new OutboxRelay(shard, shards, jdbc, delivery, settings.chunk(), clock), meters),
                bells,
                settings);
    }

    private static OutboxRelay metered(OutboxRelay relay, MeterRegistry meters) {
        String shard = Integer.toString(relay.shard());
        Gauge.builder("spillway.content.outbox.depth", relay, r -> r.backlog().depth())
                .tag("shard", shard)
                .description("Events that wait for Kafka")
                .register(meters);
        TimeGauge.builder(
                        "spillway.content.outbox.age",
                        relay,
                        TimeUnit.MILLISECONDS,
                        r -> r.backlog().age().toMillis())
                .tag("shard", shard)
                .description("Age of the oldest event that waits for Kafka")
                .register(meters);
        return relay;
    }
}
