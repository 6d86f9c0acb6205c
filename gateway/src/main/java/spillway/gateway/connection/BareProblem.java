package spillway.gateway.connection;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.BareAnswer;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/** Problems of what never became a request: written before there is an exchange, and the last word on a connection. */
final class BareProblem {

    private final BareAnswer tooSlow;
    private final BareAnswer lineTooLong;
    private final BareAnswer headersTooLarge;
    private final BareAnswer malformed;

    BareProblem(SecureHeaders secureHeaders, JsonMapper json) {
        tooSlow = BareAnswer.problem(
                secureHeaders, json, ProblemType.REQUEST_TIMEOUT.with("The request did not arrive in time."));
        lineTooLong =
                BareAnswer.problem(secureHeaders, json, ProblemType.URI_TOO_LONG.with("The request line is too long."));
        headersTooLarge = BareAnswer.problem(
                secureHeaders, json, ProblemType.HEADERS_TOO_LARGE.with("The headers are too large."));
        malformed = BareAnswer.problem(
                secureHeaders, json, ProblemType.INVALID_REQUEST.with("This is no well-formed HTTP request."));
    }

    /** The request did not come in time. */
    FullHttpResponse tooSlow() {
        return last(tooSlow);
    }

    /** What the server says of a request that it could not read, in our words. */
    FullHttpResponse unreadable(HttpResponseStatus status) {
        return last(
                switch (status.code()) {
                    case 414 -> lineTooLong;
                    case 431 -> headersTooLarge;
                    default -> malformed;
                });
    }

    private static FullHttpResponse last(BareAnswer problem) {
        // That the caller came by TLS is known where the address of its request is: here there is none.
        FullHttpResponse answer = problem.make(false);
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
