package spillway.analytics.ingest;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What failed is tried for ever, ever more slowly: a store that is away comes back. The pauses are short enough for the
 * consumer to stay in its group.
 */
final class StartOver implements CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StartOver.class);

    private final Ingest ingest;

    StartOver(Ingest ingest) {
        this.ingest = ingest;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable listener) {
        startOver(thrown, consumer, container);
    }

    /** Also when it fails between two polls, as in placing partitions: what was polled since may not fit the rows. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        startOver(thrown, consumer, container);
    }

    private void startOver(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        LOG.warn("Events could not be stored, reading them again: {}", cause.toString());
        try {
            ListenerUtils.stoppableSleep(container, ingest.startOver(consumer).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The listener seeks, and nothing is to be delivered again from memory. */
    @Override
    public boolean seeksAfterHandling() {
        return true;
    }
}
