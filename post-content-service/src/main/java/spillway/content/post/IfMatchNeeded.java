package spillway.content.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** A change without the version it starts from could undo somebody's later one unseen. */
final class IfMatchNeeded extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    IfMatchNeeded() {
        super(
                ProblemType.PRECONDITION_REQUIRED.status(),
                ProblemType.PRECONDITION_REQUIRED.with("Send the ETag of the version to change as If-Match."),
                null);
    }
}
