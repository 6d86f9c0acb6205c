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
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.KafkaHeaders;
import spillway.analytics.event.Events;
import spillway.analytics.store.EventStore;
import spillway.platform.events.Topics;

/** Wires the way from Kafka into the store. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    @Bean
    Ingest ingest(Topics topics, EventStore store, KafkaTemplate<byte[], byte[]> kafka, MeterRegistry meters) {
        DeadLetterPublishingRecoverer deadLetters = new DeadLetterPublishingRecoverer(
                kafka, (record, reason) -> new TopicPartition(Topics.deadLetters(record.topic()), record.partition()));
        deadLetters.setFailIfSendResultIsError(true);
        // Another consumer of the topic may give up the same record: the header says who did.
        byte[] group = group(topics).getBytes(StandardCharsets.UTF_8);
        deadLetters.addHeadersFunction(
                (record, reason) -> new RecordHeaders().add(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, group));
        return new Ingest(new Events(topics), store, deadLetters, new IngestMetrics(meters));
    }

    /**
     * Started by {@link Opening}. One consumer: it reads faster than the store of a small cluster takes, and each more would
     * ask the brokers as often for half as much. Offsets are committed by the listener.
     */
    @Bean
    KafkaMessageListenerContainer<byte[], byte[]> ingestContainer(
            ConsumerFactory<byte[], byte[]> consumers, Topics topics, Ingest ingest) {
        ContainerProperties properties =
                new ContainerProperties(topics.likes(), topics.shares(), topics.postEvents(), topics.views());
        properties.setGroupId(group(topics));
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        properties.setMessageListener(ingest);
        properties.setConsumerRebalanceListener(ingest);
        KafkaMessageListenerContainer<byte[], byte[]> container =
                new KafkaMessageListenerContainer<>(consumers, properties);
        container.setAutoStartup(false);
        container.setCommonErrorHandler(new StartOver(ingest));
        return container;
    }

    private static String group(Topics topics) {
        return topics.prefix() + "analytics";
    }

    @Bean
    Opening opening(EventStore store, KafkaAdmin kafka, KafkaMessageListenerContainer<?, ?> container) {
        return new Opening(store, kafka, container);
    }
}
