package spillway.metrics.receipt;

import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.id.UserId;

/**
 * Which record an accepted write became: enough to see, from one watermark, whether it was applied. Nothing is stored for
 * it.
 *
 * @param principal whose write it is; only they may follow it
 * @param partition of the family's topic
 * @param bucket that the record's post belongs to
 * @param offset of the record
 */
public record Receipt(UserId principal, CounterFamily family, int partition, int bucket, long offset) {

    public Receipt {
        if (partition < 0
                || partition > Short.MAX_VALUE
                || bucket < 0
                || bucket >= CounterLayout.BUCKETS
                || offset < 0) {
            throw new IllegalArgumentException(
                    "no such record: partition " + partition + ", bucket " + bucket + ", offset " + offset);
        }
    }
}
