package spillway.content.idempotency;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The key already stands for another intent of this user. */
public final class KeyMismatch extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    KeyMismatch() {
        super(
                ProblemType.IDEMPOTENCY_MISMATCH.status(),
                ProblemType.IDEMPOTENCY_MISMATCH.with("Use a new Idempotency-Key for a new intent."),
                null);
    }
}
