package spillway.analytics.ingest;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import spillway.analytics.store.EventStore;

/**
 * Opens the store, waits for the topics and then starts to consume, on its own thread and for as long as it takes:
 * the application is up while a server is not, and goes on by itself when it comes (invariant I7).
 */
final class Opening implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final EventStore store;
    private final KafkaAdmin kafka;
    private final MessageListenerContainer container;
    private final String[] topics;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Future<?> attempts;

    Opening(EventStore store, KafkaAdmin kafka, MessageListenerContainer container) {
        this.store = store;
        this.kafka = kafka;
        this.container = container;
        this.topics = requireNonNull(container.getContainerProperties().getTopics());
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("opening").daemon().factory());
        attempts = thread.scheduleWithFixedDelay(this::attempt, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The thread's boundary: whatever keeps a server from answering, the next attempt may find it there. */
    private void attempt() {
        try {
            store.open();
            kafka.describeTopics(topics);
            consume();
        } catch (RuntimeException e) {
            LOG.warn("Events cannot be stored yet: {}", e.toString());
        }
    }

    private synchronized void consume() {
        if (attempts != null) {
            attempts.cancel(false);
            container.start();
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
        thread = null;
        attempts = null;
        container.stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
