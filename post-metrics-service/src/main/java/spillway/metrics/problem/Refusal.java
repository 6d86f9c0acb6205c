package spillway.metrics.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/**
 * What one of many writes in a request would have been answered alone.
 *
 * @param index of the write in the request, from 0
 * @param type of the problem; it tells a refusal from an outcome that is unknown, which are both 503
 */
public record Refusal(int index, int status, URI type, String detail) {

    public static Refusal of(int index, ErrorResponseException refused) {
        ProblemDetail problem = refused.getBody();
        HttpStatus status = HttpStatus.valueOf(problem.getStatus());
        URI type = problem.getType();
        String detail = problem.getDetail();
        return new Refusal(
                index,
                status.value(),
                type == null ? ProblemType.of(status).uri() : type,
                detail == null ? status.getReasonPhrase() : detail);
    }
}
