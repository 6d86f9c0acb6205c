package spillway.content.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The post has another version than the client has seen. */
final class VersionConflict extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    VersionConflict() {
        super(
                ProblemType.VERSION_CONFLICT.status(),
                ProblemType.VERSION_CONFLICT.with("The post was changed since: read it again."),
                null);
    }
}
