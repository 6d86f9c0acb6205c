package spillway.content.shard;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The shard cannot answer now, and what was asked of it had no effect. */
public final class ShardUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ShardUnavailable(int shard, Throwable cause) {
        super(
                ProblemType.UNAVAILABLE.status(),
                ProblemType.UNAVAILABLE.with("Shard " + shard + ", which holds this content, cannot be reached."),
                cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
