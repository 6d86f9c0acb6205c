package spillway.analytics.series;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** A series was asked for that does not exist. */
final class BadSeries extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    BadSeries(String detail) {
        super(ProblemType.INVALID_REQUEST.status(), ProblemType.INVALID_REQUEST.with(detail), null);
    }
}
