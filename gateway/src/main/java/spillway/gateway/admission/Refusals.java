package spillway.gateway.admission;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.BareAnswer;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/** What requests are told that go no further. Thread-safe. */
final class Refusals {

    private final BareAnswer tooMany;
    private final BareAnswer unavailable;
    private final BareAnswer noDeadline;
    private final BareAnswer sampled;

    Refusals(SecureHeaders secureHeaders, JsonMapper json) {
        tooMany = BareAnswer.problem(
                secureHeaders,
                json,
                ProblemType.TOO_MANY_REQUESTS.with("Requests of this kind are refused for now; nothing was done."));
        unavailable = BareAnswer.problem(
                secureHeaders,
                json,
                ProblemType.UNAVAILABLE.with("Too many requests are under way; nothing was done."));
        noDeadline = BareAnswer.problem(
                secureHeaders,
                json,
                ProblemType.INVALID_REQUEST.with(
                        "Spillway-Timeout must be one whole number of milliseconds, at least 1."));
        sampled = BareAnswer.json(
                secureHeaders,
                HttpStatus.ACCEPTED.value(),
                "{\"status\":\"sampled\"}".getBytes(StandardCharsets.US_ASCII));
    }

    FullHttpResponse tooMany(boolean secure, int retryAfter) {
        return later(tooMany.make(secure), retryAfter);
    }

    FullHttpResponse unavailable(boolean secure, int retryAfter) {
        return later(unavailable.make(secure), retryAfter);
    }

    FullHttpResponse noDeadline(boolean secure) {
        return noDeadline.make(secure);
    }

    /** A view that others stand for was taken in its way. */
    FullHttpResponse sampled(boolean secure) {
        return sampled.make(secure);
    }

    private static FullHttpResponse later(FullHttpResponse answer, int retryAfter) {
        answer.headers().set(HttpHeaderNames.RETRY_AFTER, Integer.toString(retryAfter));
        return answer;
    }
}
