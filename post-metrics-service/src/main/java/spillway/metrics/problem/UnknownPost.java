package spillway.metrics.problem;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** There is no such post, or not any more. */
public final class UnknownPost extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public UnknownPost() {
        super(ProblemType.NOT_FOUND.status(), ProblemType.NOT_FOUND.with("There is no such post."), null);
    }
}
