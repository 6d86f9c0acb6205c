package spillway.metrics.problem;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The token is good, but not for this. */
public final class Forbidden extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param detail shown to the caller */
    public Forbidden(String detail) {
        super(ProblemType.FORBIDDEN.status(), ProblemType.FORBIDDEN.with(detail), null);
    }
}
