package spillway.monolith.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The post that a request names does not exist. */
public final class PostNotFound extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public PostNotFound() {
        super(ProblemType.NOT_FOUND.status(), ProblemType.NOT_FOUND.with("There is no such post."), null);
    }
}
