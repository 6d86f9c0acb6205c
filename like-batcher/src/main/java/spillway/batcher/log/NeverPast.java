package spillway.batcher.log;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/** Never goes past a record that was not applied: what a reader did not foresee is tried for ever. */
final class NeverPast extends DefaultErrorHandler {

    private final FamilyReader reader;

    NeverPast(FamilyReader reader, Duration betweenTries) {
        super(new FixedBackOff(betweenTries.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        this.reader = reader;
    }

    /** Failures outside the reader: a log that was cut off or made anew while it was read shows here. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (thrown instanceof OffsetOutOfRangeException) {
            reader.lostPlace(consumer);
        } else {
            super.handleOtherException(thrown, consumer, container, batchListener);
        }
    }
}
