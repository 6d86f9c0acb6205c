package spillway.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import spillway.gateway.access.SecureHeaders;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/** Problems of what never became a request: written before there is an exchange, and the last word on a connection. */
final class BareProblem {

    private final SecureHeaders secureHeaders;
    private final JsonMapper json;

    BareProblem(SecureHeaders secureHeaders, JsonMapper json) {
        this.secureHeaders = secureHeaders;
        this.json = json;
    }

    /** The request did not come in time. */
    FullHttpResponse tooSlow() {
        return of(ProblemType.REQUEST_TIMEOUT, "The request did not arrive in time.");
    }

    /** What the server says of a request that it could not read, in our words. */
    FullHttpResponse unreadable(HttpResponseStatus status) {
        return switch (status.code()) {
            case 414 -> of(ProblemType.URI_TOO_LONG, "The request line is too long.");
            case 431 -> of(ProblemType.HEADERS_TOO_LARGE, "The headers are too large.");
            default -> of(ProblemType.INVALID_REQUEST, "This is no well-formed HTTP request.");
        };
    }

    private FullHttpResponse of(ProblemType type, String detail) {
        ProblemDetail problem = type.with(detail);
        byte[] body = json.writeValueAsBytes(problem);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(type.status().value()), Unpooled.wrappedBuffer(body));
        // That the caller came by TLS is known where the address of its request is: here there is none.
        secureHeaders.write(response.headers(), false);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
