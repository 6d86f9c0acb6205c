package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer to a batch of views.
 *
 * @param accepted how many it took
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ViewsResult(int accepted, @Nullable List<Refusal> rejected) implements BulkResult {

    private static final Reply TAKEN = new Reply.Taken();

    /** Taken views have nothing of their own in the answer: they are what is left, if the numbers add up. */
    @Override
    public Reply unrejected(int index, int writes) {
        int refused = rejected == null ? 0 : rejected.size();
        return accepted + refused == writes ? TAKEN : Reply.Refused.UNMENTIONED;
    }
}
