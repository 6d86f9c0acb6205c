package spillway.gateway.admission;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import org.springframework.http.MediaType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.access.SecureHeaders;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that go no further, with bodies made beforehand. Thread-safe. */
final class Refusals {

    /** Who announces more than that, or does not say how much, is not listened to until the end. */
    private static final int SMALL = 64 * 1024;

    private final SecureHeaders secureHeaders;
    private final byte[] tooMany;
    private final byte[] unavailable;
    private final byte[] noDeadline;
    private final byte[] sampled = "{\"status\":\"sampled\"}".getBytes(StandardCharsets.US_ASCII);

    Refusals(SecureHeaders secureHeaders, JsonMapper json) {
        this.secureHeaders = secureHeaders;
        tooMany = json.writeValueAsBytes(
                ProblemType.TOO_MANY_REQUESTS.with("Requests of this kind are refused for now; nothing was done."));
        unavailable = json.writeValueAsBytes(
                ProblemType.UNAVAILABLE.with("Too many requests are under way; nothing was done."));
        noDeadline = json.writeValueAsBytes(ProblemType.INVALID_REQUEST.with(
                "Spillway-Timeout must be one whole number of milliseconds, at least 1."));
    }

    Publisher<Void> tooMany(HttpServerRequest request, HttpServerResponse response, int retryAfter) {
        return refuse(request, response, ProblemType.TOO_MANY_REQUESTS, tooMany, retryAfter);
    }

    Publisher<Void> unavailable(HttpServerRequest request, HttpServerResponse response, int retryAfter) {
        return refuse(request, response, ProblemType.UNAVAILABLE, unavailable, retryAfter);
    }

    Publisher<Void> noDeadline(HttpServerRequest request, HttpServerResponse response) {
        return send(
                request,
                response,
                ProblemType.INVALID_REQUEST.status().value(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                noDeadline);
    }

    /** A view that others stand for was taken in its way. */
    Publisher<Void> sampled(HttpServerRequest request, HttpServerResponse response) {
        return send(request, response, 202, MediaType.APPLICATION_JSON_VALUE, sampled);
    }

    private Publisher<Void> refuse(
            HttpServerRequest request, HttpServerResponse response, ProblemType type, byte[] body, int retryAfter) {
        response.header(HttpHeaderNames.RETRY_AFTER, Integer.toString(retryAfter));
        return send(request, response, type.status().value(), MediaType.APPLICATION_PROBLEM_JSON_VALUE, body);
    }

    private Publisher<Void> send(
            HttpServerRequest request, HttpServerResponse response, int status, String type, byte[] body) {
        HttpHeaders headers = response.status(status).responseHeaders();
        secureHeaders.write(headers, "https".equals(response.scheme()));
        headers.set(HttpHeaderNames.CONTENT_TYPE, type).setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (hasLargeBody(request.requestHeaders())) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response.sendObject(Unpooled.wrappedBuffer(body));
    }

    private static boolean hasLargeBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        // Its digits were checked by the decoder: a longer number is a larger one.
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (length != null && (length.length() > 5 || Integer.parseInt(length) > SMALL));
    }
}
