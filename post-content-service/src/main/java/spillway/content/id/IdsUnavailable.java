package spillway.content.id;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** No id can be made safely at the moment, so nothing new can be written. */
public final class IdsUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    IdsUnavailable() {
        super(
                ProblemType.UNAVAILABLE.status(),
                ProblemType.UNAVAILABLE.with("New posts and comments cannot be taken for a moment."),
                null);
    }
}
