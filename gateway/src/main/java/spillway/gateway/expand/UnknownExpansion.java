package spillway.gateway.expand;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** What is asked for with {@code expand} is nothing that this resource can be read with. */
final class UnknownExpansion extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    UnknownExpansion() {
        super(
                ProblemType.INVALID_REQUEST.status(),
                ProblemType.INVALID_REQUEST.with("expand may be metrics, for a post and for lists of posts."),
                null);
    }
}
