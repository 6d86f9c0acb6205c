package spillway.batcher.log;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where poison is put aside. Thread-safe. */
interface DeadLetters {

    /** A record no reader can make sense of. */
    record Letter(ConsumerRecord<byte[], byte[]> record, String reason) {}

    /**
     * Returns once all letters are acknowledged.
     *
     * @throws RuntimeException when some may not be: the watermark must not pass them
     */
    void send(List<Letter> letters);
}
