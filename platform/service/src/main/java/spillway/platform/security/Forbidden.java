package spillway.platform.security;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The token is good, but not for this. */
public final class Forbidden extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private Forbidden(String detail) {
        super(ProblemType.FORBIDDEN.status(), ProblemType.FORBIDDEN.with(detail), null);
    }

    /**
     * Returns when the caller has a scope.
     *
     * @throws Forbidden when not
     */
    public static void unless(Caller caller, String scope) {
        if (!caller.scopes().contains(scope)) {
            throw new Forbidden("The token lacks the scope " + scope + ".");
        }
    }
}
