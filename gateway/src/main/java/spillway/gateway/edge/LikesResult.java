package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer to a batch of likes.
 *
 * @param receipts one per like, null where it was rejected
 * @param drainEstimatesMillis likewise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LikesResult(
        @Nullable List<Refusal> rejected,
        @Nullable List<@Nullable String> receipts,
        @Nullable List<@Nullable Long> drainEstimatesMillis)
        implements BulkResult {

    /** What is durable has a receipt. */
    @Override
    public Reply unrejected(int index, int writes) {
        String receipt = at(receipts, index);
        Long drain = at(drainEstimatesMillis, index);
        return receipt == null ? Reply.Refused.UNMENTIONED : new Reply.Accepted(receipt, drain == null ? 0 : drain);
    }

    private static <T> @Nullable T at(@Nullable List<@Nullable T> list, int index) {
        return list == null || index >= list.size() ? null : list.get(index);
    }
}
