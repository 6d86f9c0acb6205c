package spillway.batcher.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import spillway.platform.counters.CounterFamily;

/** The consumers of one family, started and stopped with the application. */
final class Readers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final List<KafkaMessageListenerContainer<byte[], byte[]>> containers = new ArrayList<>();
    private final FamilyParts parts;

    /** @param groupPrefix put before the group's name, as before the topics' */
    Readers(FamilyParts parts, BatcherRules rules, String groupPrefix, ConsumerFactory<?, ?> defaults) {
        this.parts = parts;
        ConsumerFactory<byte[], byte[]> consumers = Consumers.of(
                defaults, rules.windowRecords(), (int) rules.fetchSize().toBytes());
        for (int reader = 0; reader < rules.readers(); reader++) {
            containers.add(container(
                    rules, groupPrefix + rules.group() + "-" + parts.family().id(), consumers, reader));
        }
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container(
            BatcherRules rules, String group, ConsumerFactory<byte[], byte[]> consumers, int number) {
        AtomicReference<MessageListenerContainer> self = new AtomicReference<>();
        Pauses pauses = new Pauses(rules.backoff(), rules.longestBackoff(), pause -> sleep(self.get(), pause));
        Linger linger = new Linger(
                rules.linger(), rules.lingerRecords(), Math.max(1, rules.windowRecords() / 2), System::nanoTime);
        FamilyReader reader = new FamilyReader(parts, pauses, linger, this::halt);
        ContainerProperties properties = new ContainerProperties(parts.topic());
        properties.setGroupId(group);
        properties.setMessageListener(reader);
        properties.setConsumerRebalanceListener(reader);
        properties.setAckMode(AckMode.MANUAL_IMMEDIATE);
        properties.setSyncCommits(false);
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        properties.setIdlePartitionEventInterval(rules.verifyEvery().toMillis());
        KafkaMessageListenerContainer<byte[], byte[]> container =
                new KafkaMessageListenerContainer<>(consumers, properties);
        container.setBeanName(parts.family().id() + "-" + number);
        container.setCommonErrorHandler(new NeverPast(reader, rules.longestBackoff()));
        container.setApplicationEventPublisher(event -> {
            if (event instanceof ListenerContainerPartitionIdleEvent idle) {
                reader.idle(idle.getConsumer(), idle.getTopicPartition());
            }
        });
        self.set(container);
        return container;
    }

    CounterFamily family() {
        return parts.family();
    }

    Efficacy efficacy() {
        return parts.metrics().efficacy();
    }

    private void halt(String reason) {
        LOG.error("Stopped counting {}: {}", parts.family().id(), reason);
        parts.halts().halt(parts.family(), reason);
        containers.forEach(container -> container.stop(() -> {}));
    }

    private static void sleep(MessageListenerContainer container, Duration pause) {
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        containers.forEach(KafkaMessageListenerContainer::start);
    }

    @Override
    public void stop() {
        containers.forEach(KafkaMessageListenerContainer::stop);
    }

    @Override
    public boolean isRunning() {
        return containers.stream().anyMatch(KafkaMessageListenerContainer::isRunning);
    }
}
