package spillway.content.shard;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The shard, or the wait for it, was lost during the commit: the write may have happened or not (invariant I1). */
public final class OutcomeUnknown extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(Throwable cause) {
        super(
                ProblemType.OUTCOME_UNKNOWN.status(),
                ProblemType.OUTCOME_UNKNOWN.with(
                        "Whether it was committed is not known. Send the request again with the same Idempotency-Key."),
                cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
