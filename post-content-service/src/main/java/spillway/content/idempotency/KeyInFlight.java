package spillway.content.idempotency;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** Another send of the same intent is being worked on. */
public final class KeyInFlight extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    KeyInFlight() {
        super(
                ProblemType.IDEMPOTENCY_IN_FLIGHT.status(),
                ProblemType.IDEMPOTENCY_IN_FLIGHT.with("Ask again in a moment for the answer of the first send."),
                null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
