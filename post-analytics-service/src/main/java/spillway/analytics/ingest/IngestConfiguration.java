package spillway.analytics.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.util.backoff.ExponentialBackOff;
import spillway.analytics.event.Events;
import spillway.analytics.store.EventStore;
import spillway.platform.events.Topics;

/** Wires the way from Kafka into the store. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final double PAUSE_GROWTH = 2;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final int THREADS = 2;

    @Bean
    Ingest ingest(Topics topics, EventStore store, KafkaTemplate<byte[], byte[]> kafka, MeterRegistry meters) {
        DeadLetterPublishingRecoverer deadLetters = new DeadLetterPublishingRecoverer(
                kafka, (record, reason) -> new TopicPartition(Topics.deadLetters(record.topic()), record.partition()));
        deadLetters.setFailIfSendResultIsError(true);
        // Another consumer of the topic may give up the same record: the header says who did.
        byte[] group = group(topics).getBytes(StandardCharsets.UTF_8);
        deadLetters.addHeadersFunction(
                (record, reason) -> new RecordHeaders().add(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, group));
        return new Ingest(new Events(topics), store, deadLetters, meters);
    }

    /**
     * Started by {@link Opening}. What fails here is a store that is away, so the same batch is tried for ever, ever more
     * slowly; meanwhile the consumer is paused but stays in its group.
     */
    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> ingestContainer(
            ConsumerFactory<byte[], byte[]> consumers, Topics topics, Ingest ingest) {
        ContainerProperties properties =
                new ContainerProperties(topics.likes(), topics.shares(), topics.postEvents(), topics.views());
        properties.setGroupId(group(topics));
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setMessageListener(ingest);
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(THREADS);
        container.setAutoStartup(false);
        ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, PAUSE_GROWTH);
        pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
        container.setCommonErrorHandler(new DefaultErrorHandler(pauses));
        return container;
    }

    private static String group(Topics topics) {
        return topics.prefix() + "analytics";
    }

    @Bean
    Opening opening(EventStore store, KafkaAdmin topics, ConcurrentMessageListenerContainer<?, ?> container) {
        return new Opening(store, topics, container);
    }
}
