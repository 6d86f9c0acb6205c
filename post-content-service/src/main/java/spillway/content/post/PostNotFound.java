package spillway.content.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** There is no such post, or no longer. */
public final class PostNotFound extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    PostNotFound() {
        super(ProblemType.NOT_FOUND.status(), ProblemType.NOT_FOUND.with("There is no such post."), null);
    }
}
