package spillway.gateway.route;

import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** A request's body is over the limit of its path. */
final class BodyTooLarge extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(DataSize limit) {
        super(
                ProblemType.TOO_LARGE.status(),
                ProblemType.TOO_LARGE.with("The body is larger than " + limit.toBytes() + " bytes."),
                null);
    }
}
