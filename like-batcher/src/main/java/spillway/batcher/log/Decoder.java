package spillway.batcher.log;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import spillway.platform.counters.CounterFamily;

/** Reads what a record does to its family's sets. */
interface Decoder {

    /** @param partitions of the family's topic */
    static Decoder of(CounterFamily family, int partitions) {
        return switch (family) {
            case LIKES, SHARES -> new EngagementDecoder(partitions);
            case COMMENTS -> new CommentDecoder();
        };
    }

    /**
     * Gives {@code operations} the record's operation, if it has one.
     *
     * @throws Poison when no reader can ever make sense of the record
     */
    void decode(ConsumerRecord<byte[], byte[]> record, Operations operations) throws Poison;

    /** Takes a decoded operation. */
    interface Operations {

        /**
         * @param sequence the client's own, 0 for none
         * @param acceptedAt milliseconds since the epoch
         */
        void take(long offset, long post, long member, boolean add, long sequence, long acceptedAt);
    }

    /** Why a record goes to the dead letters. */
    final class Poison extends Exception {

        private static final long serialVersionUID = 1L;

        Poison(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }

        /** Without a stack trace: the place is always the decoder, and a flood of poison should stay cheap. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
