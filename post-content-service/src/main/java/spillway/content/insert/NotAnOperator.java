package spillway.content.insert;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;

/** The token is good, but not an operator's. */
final class NotAnOperator extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    NotAnOperator() {
        super(
                ProblemType.FORBIDDEN.status(),
                ProblemType.FORBIDDEN.with("The token lacks the scope " + Caller.ADMIN + "."),
                null);
    }
}
