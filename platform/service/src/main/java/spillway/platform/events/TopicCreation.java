package spillway.platform.events;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates missing topics once the application is up, and as long as it takes: a start neither waits for Kafka nor misses
 * it when it comes later (invariant I7).
 */
final class TopicCreation implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final long BETWEEN_TRIES_MILLIS = 1_000;

    private final KafkaAdmin kafka;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread creating;

    TopicCreation(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        creating = Thread.ofVirtual().name("topic-creation").start(this::create);
    }

    private void create() {
        try {
            while (!isDone() && !stopped.await(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Kafka is not there yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone() {
        try {
            return kafka.initialize();
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("Topics cannot be created yet: {}", e.toString());
            return false;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return creating != null && stopped.getCount() > 0;
    }

    /** Before anything reads or writes the topics. */
    @Override
    public int getPhase() {
        return 0;
    }
}
