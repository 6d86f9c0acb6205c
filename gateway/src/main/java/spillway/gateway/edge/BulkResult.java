package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import spillway.platform.problem.ProblemType;

/**
 * The service's answer to a batch. Of a like that it does not mention nobody knows what became.
 *
 * @param rejected each with the index of its like in the batch
 * @param receipts by the same index, null where the like was rejected
 * @param drainEstimatesMillis likewise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BulkResult(
        @Nullable List<Refusal> rejected,
        @Nullable List<@Nullable String> receipts,
        @Nullable List<@Nullable Long> drainEstimatesMillis) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(
            int index,
            int status,
            @Nullable String type,
            @Nullable String detail) {

        LikeReply.Refused reply() {
            ProblemType problem = problem();
            return new LikeReply.Refused(problem, detail == null ? problem.title() : detail);
        }

        /** A 503 that does not say that nothing was done may have been done (invariant I1). */
        private ProblemType problem() {
            return Arrays.stream(ProblemType.values())
                    .filter(known -> known.uri().toString().equals(type))
                    .findAny()
                    .orElseGet(
                            () -> status == ProblemType.OUTCOME_UNKNOWN.status().value()
                                    ? ProblemType.OUTCOME_UNKNOWN
                                    : ProblemType.of(HttpStatusCode.valueOf(status)));
        }
    }

    /** One reply per like of the batch. */
    List<LikeReply> replies(int likes) {
        List<LikeReply> replies = new ArrayList<>(likes);
        for (int index = 0; index < likes; index++) {
            String receipt = at(receipts, index);
            Long drain = at(drainEstimatesMillis, index);
            replies.add(
                    receipt == null
                            ? new LikeReply.Refused(
                                    ProblemType.OUTCOME_UNKNOWN, "The service did not say what became of the like.")
                            : new LikeReply.Accepted(receipt, drain == null ? 0 : drain));
        }
        for (Refusal refusal : rejected == null ? List.<Refusal>of() : rejected) {
            replies.set(refusal.index(), refusal.reply());
        }
        return replies;
    }

    private static <T> @Nullable T at(@Nullable List<@Nullable T> list, int index) {
        return list == null || index >= list.size() ? null : list.get(index);
    }
}
