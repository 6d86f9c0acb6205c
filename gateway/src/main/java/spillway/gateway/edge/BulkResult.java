package spillway.gateway.edge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service's answer to a batch. Of a write that it does not mention nobody knows what became. */
interface BulkResult {

    /** Each with the index of its write in the batch. */
    @Nullable List<Refusal> rejected();

    /**
     * What became of a write that is not among those rejected.
     *
     * @param writes of the batch
     */
    Reply unrejected(int index, int writes);

    /** One reply per write of the batch. */
    default List<Reply> replies(int writes) {
        List<Reply> replies = new ArrayList<>(writes);
        for (int index = 0; index < writes; index++) {
            replies.add(unrejected(index, writes));
        }
        List<Refusal> refusals = rejected();
        if (refusals != null) {
            refusals.forEach(refusal -> replies.set(refusal.index(), refusal.reply()));
        }
        return replies;
    }
}
