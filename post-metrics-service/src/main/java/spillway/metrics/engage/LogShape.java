package spillway.metrics.engage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Confirms after the start that the topics can be written to and have the agreed number of partitions: a like on another
 * partition than its key's would be counted apart from the user's earlier ones. Until then nothing is accepted. Asking also
 * fetches the metadata, so that the first like need not wait for it.
 */
public final class LogShape implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(LogShape.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final ProducerFactory<byte[], byte[]> producers;
    private final List<String> topics;
    private final int partitions;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean confirmed;
    private volatile @Nullable String mismatch;
    private @Nullable Thread asking;

    LogShape(ProducerFactory<byte[], byte[]> producers, List<String> topics, int partitions) {
        this.producers = producers;
        this.topics = List.copyOf(topics);
        this.partitions = partitions;
    }

    public boolean isConfirmed() {
        return confirmed;
    }

    @Override
    public void start() {
        asking = Thread.ofVirtual().name("log-shape").start(this::ask);
    }

    private void ask() {
        try {
            do {
                if (isAsAgreed()) {
                    confirmed = true;
                    return;
                }
            } while (mismatch == null && !stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAsAgreed() {
        try {
            for (String topic : topics) {
                int found = producers.createProducer().partitionsFor(topic).size();
                if (found != partitions) {
                    mismatch = "topic " + topic + " has " + found + " partitions, but " + partitions
                            + " are configured (spillway.topics.partitions)";
                    LOG.error("Nothing will be accepted: {}", mismatch);
                    return false;
                }
            }
            return true;
        } catch (KafkaException e) {
            LOG.debug("The log does not answer yet", e);
            return false;
        }
    }

    @Override
    public Health health() {
        if (confirmed) {
            return Health.up().build();
        }
        String reason = mismatch;
        return Health.down()
                .withDetail("reason", reason == null ? "the log has not answered yet" : reason)
                .build();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return asking != null && stopped.getCount() > 0;
    }
}
