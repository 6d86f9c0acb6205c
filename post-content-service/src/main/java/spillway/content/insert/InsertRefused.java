package spillway.content.insert;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The insert was never sent to its shard: it had no effect. */
public final class InsertRefused extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    InsertRefused(String why) {
        super(ProblemType.UNAVAILABLE.status(), ProblemType.UNAVAILABLE.with(why), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
