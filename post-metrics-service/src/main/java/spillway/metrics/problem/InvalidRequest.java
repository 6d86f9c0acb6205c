package spillway.metrics.problem;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The request says something that cannot be meant. */
public final class InvalidRequest extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param detail shown to the caller */
    public InvalidRequest(String detail) {
        super(ProblemType.INVALID_REQUEST.status(), ProblemType.INVALID_REQUEST.with(detail), null);
    }
}
