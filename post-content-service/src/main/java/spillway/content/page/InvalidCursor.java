package spillway.content.page;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The cursor was not given out for this list. */
final class InvalidCursor extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    InvalidCursor() {
        super(
                ProblemType.INVALID_REQUEST.status(),
                ProblemType.INVALID_REQUEST.with("The cursor is not one that this list gave out."),
                null);
    }
}
