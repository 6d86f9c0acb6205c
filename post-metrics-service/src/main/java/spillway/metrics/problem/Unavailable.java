package spillway.metrics.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** Refused before any effect; the client may send it again. */
public final class Unavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "1";

    /** @param detail shown to the caller */
    public Unavailable(String detail, @Nullable Throwable cause) {
        super(ProblemType.UNAVAILABLE.status(), ProblemType.UNAVAILABLE.with(detail), cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
}
