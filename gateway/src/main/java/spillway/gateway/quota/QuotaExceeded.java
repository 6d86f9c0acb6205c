package spillway.gateway.quota;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** A user sent more than one user may. */
final class QuotaExceeded extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param limits the fields that say so */
    QuotaExceeded(String detail, Limits limits, long retryAfterSeconds) {
        super(ProblemType.TOO_MANY_REQUESTS.status(), ProblemType.TOO_MANY_REQUESTS.with(detail), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds));
        getHeaders().set(Limits.POLICY, limits.policy());
        getHeaders().set(Limits.STATE, limits.state());
    }
}
