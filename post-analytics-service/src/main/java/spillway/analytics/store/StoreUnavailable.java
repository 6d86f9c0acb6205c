package spillway.analytics.store;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** Cassandra cannot be reached or does not answer; the same request can be made again. */
public final class StoreUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    StoreUnavailable(@Nullable Throwable cause) {
        super(
                ProblemType.UNAVAILABLE.status(),
                ProblemType.UNAVAILABLE.with("The store of events cannot be reached now."),
                cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
