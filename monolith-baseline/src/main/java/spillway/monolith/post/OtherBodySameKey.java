package spillway.monolith.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** An {@code Idempotency-Key} came again with another body. */
final class OtherBodySameKey extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    OtherBodySameKey() {
        super(
                ProblemType.IDEMPOTENCY_MISMATCH.status(),
                ProblemType.IDEMPOTENCY_MISMATCH.with("An earlier post with this key has another body."),
                null);
    }
}
