package spillway.batcher.log;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import spillway.batcher.redis.PresentCounters;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;

/** Wires each family's readers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BatcherRules.class)
class LogConfiguration {

    private final Topics topics;
    private final BatcherRules rules;
    private final CounterLayout layout;
    private final RedisLink redis;

    LogConfiguration(Topics topics, BatcherRules rules, CounterLayout layout, RedisLink redis) {
        this.topics = topics;
        this.rules = rules;
        this.layout = layout;
        this.redis = redis;
    }

    /** Part of the readiness group as {@code logs}. */
    @Bean
    Halts logs() {
        return new Halts();
    }

    @Bean
    Assigned assigned() {
        return new Assigned();
    }

    @Bean
    DeadLetters deadLetters(KafkaTemplate<byte[], byte[]> kafka) {
        return new DeadLetterTopic(kafka);
    }

    @Bean
    TopicFacts topicFacts(KafkaAdmin kafka) {
        return new TopicFacts(kafka, topics.partitions());
    }

    @Bean
    Readers likes(
            DeadLetters deadLetters,
            TopicFacts facts,
            Halts halts,
            Assigned assigned,
            MeterRegistry meters,
            ConsumerFactory<?, ?> consumers) {
        return readers(CounterFamily.LIKES, deadLetters, facts, halts, assigned, meters, consumers);
    }

    @Bean
    Readers shares(
            DeadLetters deadLetters,
            TopicFacts facts,
            Halts halts,
            Assigned assigned,
            MeterRegistry meters,
            ConsumerFactory<?, ?> consumers) {
        return readers(CounterFamily.SHARES, deadLetters, facts, halts, assigned, meters, consumers);
    }

    @Bean
    Readers comments(
            DeadLetters deadLetters,
            TopicFacts facts,
            Halts halts,
            Assigned assigned,
            MeterRegistry meters,
            ConsumerFactory<?, ?> consumers) {
        return readers(CounterFamily.COMMENTS, deadLetters, facts, halts, assigned, meters, consumers);
    }

    @Bean
    EfficacyEndpoint efficacyEndpoint(List<Readers> families) {
        return new EfficacyEndpoint(families);
    }

    private Readers readers(
            CounterFamily family,
            DeadLetters deadLetters,
            TopicFacts facts,
            Halts halts,
            Assigned assigned,
            MeterRegistry meters,
            ConsumerFactory<?, ?> consumers) {
        return new Readers(
                new FamilyParts(
                        family,
                        family.topic(topics),
                        Decoder.of(family, topics.partitions()),
                        () -> new PresentCounters(family, layout, redis),
                        deadLetters,
                        facts,
                        new FamilyMetrics(family, meters, Clock.systemUTC()),
                        halts,
                        assigned),
                rules,
                topics.prefix(),
                consumers);
    }
}
