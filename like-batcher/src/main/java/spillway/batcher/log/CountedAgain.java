package spillway.batcher.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of partitions that are counted from the beginning, because the store knows nothing of them. Owned by one thread. */
final class CountedAgain {

    private static final Logger LOG = LoggerFactory.getLogger(CountedAgain.class);

    private final FamilyMetrics metrics;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    CountedAgain(FamilyMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * A partition was placed.
     *
     * @param from offset that is read next
     * @param end offset that the log's next record will have
     */
    void placed(TopicPartition partition, long from, long end) {
        if (from == 0 && end > 0) {
            if (ends.put(partition, end) == null) {
                metrics.countedAgain.incrementAndGet();
                LOG.info("{}: nothing is counted yet, counting {} records from the beginning", partition, end);
            }
        } else {
            applied(partition, from);
        }
    }

    /** @param next the first offset that is not applied */
    void applied(TopicPartition partition, long next) {
        Long end = ends.get(partition);
        if (end != null && next >= end) {
            forget(partition);
            LOG.info("{}: counted from the beginning up to offset {}", partition, next - 1);
        }
    }

    void forget(TopicPartition partition) {
        if (ends.remove(partition) != null) {
            metrics.countedAgain.decrementAndGet();
        }
    }
}
