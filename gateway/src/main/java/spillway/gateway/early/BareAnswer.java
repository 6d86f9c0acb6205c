package spillway.gateway.early;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.reactivestreams.Publisher;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.access.SecureHeaders;
import tools.jackson.databind.json.JsonMapper;

/** An answer that is always the same, made below Spring: all but a few fields of it are made beforehand. Thread-safe. */
public final class BareAnswer {

    /** Who announces a longer body, or does not say how long it is, is not listened to until the end. */
    private static final int LONG = 64 * 1024;

    private final HttpResponseStatus status;
    private final byte[] body;
    private final HttpHeaders plain;
    private final HttpHeaders secure;

    private BareAnswer(SecureHeaders secureHeaders, int status, String type, byte[] body) {
        this.status = HttpResponseStatus.valueOf(status);
        this.body = body;
        this.plain = headers(secureHeaders, type, false);
        this.secure = headers(secureHeaders, type, true);
    }

    public static BareAnswer problem(SecureHeaders secureHeaders, JsonMapper json, ProblemDetail problem) {
        return new BareAnswer(
                secureHeaders,
                problem.getStatus(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                json.writeValueAsBytes(problem));
    }

    public static BareAnswer json(SecureHeaders secureHeaders, int status, byte[] body) {
        return new BareAnswer(secureHeaders, status, MediaType.APPLICATION_JSON_VALUE, body);
    }

    /**
     * The answer to one request, to which fields may be added.
     *
     * @param tls whether the caller came by TLS
     */
    public FullHttpResponse make(boolean tls) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(tls ? secure : plain);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body), headers, EmptyHttpHeaders.INSTANCE);
    }

    /** Sends it where the server has the request already. */
    public static Publisher<Void> send(
            HttpServerRequest request, HttpServerResponse response, FullHttpResponse answer) {
        HttpHeaders headers = response.status(answer.status()).responseHeaders().add(answer.headers());
        if (hasLongBody(request.requestHeaders())) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response.sendObject(answer.content());
    }

    static boolean hasLongBody(HttpHeaders request) {
        String length = request.get(HttpHeaderNames.CONTENT_LENGTH);
        // Its digits were checked by the decoder: a longer number is a larger one.
        return request.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (length != null && (length.length() > 5 || Integer.parseInt(length) > LONG));
    }

    private HttpHeaders headers(SecureHeaders secureHeaders, String type, boolean tls) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        secureHeaders.write(headers, status.code(), tls);
        // Bytes, for the same reason as there.
        return headers.set(HttpHeaderNames.CONTENT_TYPE, AsciiString.cached(type))
                .set(HttpHeaderNames.CONTENT_LENGTH, AsciiString.cached(String.valueOf(body.length)));
    }
}
