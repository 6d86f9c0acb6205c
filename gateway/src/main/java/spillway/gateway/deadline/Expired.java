package spillway.gateway.deadline;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** A request's deadline passed before anything was done. */
public final class Expired extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public Expired() {
        super(ProblemType.DEADLINE_EXPIRED.status(), ProblemType.DEADLINE_EXPIRED.with("Nothing was done."), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
