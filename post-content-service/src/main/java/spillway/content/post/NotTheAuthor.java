package spillway.content.post;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** Only the author changes a post (invariant I9). */
final class NotTheAuthor extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    NotTheAuthor() {
        super(ProblemType.FORBIDDEN.status(), ProblemType.FORBIDDEN.with("Only its author may change a post."), null);
    }
}
