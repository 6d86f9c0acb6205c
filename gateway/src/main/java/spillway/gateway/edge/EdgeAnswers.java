package spillway.gateway.edge;

import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.deadline.Expired;
import spillway.gateway.ledger.Books;
import spillway.gateway.quota.Limits;
import spillway.gateway.route.ServiceFailure;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/** Writes what became of a request, as the service answers it or would have answered it alone, and books it. Thread-safe. */
final class EdgeAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeAnswers.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** By RFC 9110, 7.6.1, in small letters. */
    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final byte[] COALESCED = "{\"status\":\"coalesced\"}".getBytes(StandardCharsets.US_ASCII);

    private final SecureHeaders secureHeaders;
    private final JsonMapper json;
    private final ShedLedger shed;

    EdgeAnswers(SecureHeaders secureHeaders, JsonMapper json, ShedLedger shed) {
        this.secureHeaders = secureHeaders;
        this.json = json;
        this.shed = shed;
    }

    /** To a write that repeats another: nothing was done, and nothing is to be done. */
    Mono<Void> coalesce(HttpServerResponse response, Books.Entry entry) {
        entry.shed();
        shed.shed(entry.traffic(), Reason.COALESCED, 1);
        return send(response, entry, HttpStatus.ACCEPTED.value(), MediaType.APPLICATION_JSON, COALESCED);
    }

    /** What the answer says of its caller's quota. */
    static void tell(HttpServerResponse response, Limits limits) {
        response.header(Limits.POLICY, limits.policy()).header(Limits.STATE, limits.state());
    }

    Mono<Void> reply(HttpServerResponse response, String path, Books.Entry entry, Reply reply) {
        return switch (reply) {
            case Reply.Accepted accepted -> accept(response, entry, accepted);
            case Reply.Taken taken -> take(response, entry);
            case Reply.Refused refused -> refuse(response, path, entry, refused);
        };
    }

    /** A service's own answer, but for the fields that were about its connection. */
    Mono<Void> pass(HttpServerResponse response, Books.Entry entry, ServiceAnswer answer) {
        io.netty.handler.codec.http.HttpHeaders headers = response.responseHeaders();
        answer.headers().forEach(field -> {
            if (!OF_A_CONNECTION.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(field.getKey(), field.getValue());
            }
        });
        start(response, entry, answer.status());
        if (!answer.body().isReadable()) {
            return response.send();
        }
        headers.set(HttpHeaders.CONTENT_LENGTH, answer.body().readableBytes());
        return response.sendObject(answer.body()).then();
    }

    /** What the request, or the whole batch it went with, failed with. */
    Mono<Void> failure(HttpServerResponse response, String path, Books.Entry entry, Throwable thrown) {
        if (thrown instanceof Expired) {
            shed.shed(entry.traffic(), Reason.EXPIRED, 1);
        } else if (thrown instanceof ServiceFailure service && service.isOwnRefusal()) {
            shed.shed(entry.traffic(), Reason.QUEUE_FULL, 1);
        }
        if (thrown instanceof ErrorResponse known) {
            known.getHeaders().forEach(response.responseHeaders()::set);
            return problem(response, path, entry, known.getBody());
        }
        LOG.error("Unexpected failure of a request to {}", path, thrown);
        return problem(response, path, entry, ProblemType.INTERNAL.with("The failure was logged."));
    }

    private Mono<Void> accept(HttpServerResponse response, Books.Entry entry, Reply.Accepted accepted) {
        response.header(HttpHeaders.LOCATION, "/v1/writes/" + accepted.receipt());
        return send(
                response,
                entry,
                HttpStatus.ACCEPTED.value(),
                MediaType.APPLICATION_JSON,
                json.writeValueAsBytes(accepted));
    }

    private Mono<Void> take(HttpServerResponse response, Books.Entry entry) {
        start(response, entry, HttpStatus.ACCEPTED.value());
        response.header(HttpHeaders.CONTENT_LENGTH, "0");
        return response.send();
    }

    private Mono<Void> refuse(HttpServerResponse response, String path, Books.Entry entry, Reply.Refused refused) {
        if (refused.type() == ProblemType.UNAVAILABLE || refused.type() == ProblemType.DEADLINE_EXPIRED) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return problem(response, path, entry, refused.type().with(refused.detail()));
    }

    private Mono<Void> problem(HttpServerResponse response, String path, Books.Entry entry, ProblemDetail problem) {
        problem.setInstance(URI.create(path));
        return send(
                response,
                entry,
                problem.getStatus(),
                MediaType.APPLICATION_PROBLEM_JSON,
                json.writeValueAsBytes(problem));
    }

    private Mono<Void> send(HttpServerResponse response, Books.Entry entry, int status, MediaType type, byte[] body) {
        start(response, entry, status);
        response.header(HttpHeaders.CONTENT_TYPE, type.toString())
                .header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        return response.sendObject(Unpooled.wrappedBuffer(body)).then();
    }

    private void start(HttpServerResponse response, Books.Entry entry, int status) {
        io.netty.handler.codec.http.HttpHeaders headers =
                response.status(status).responseHeaders();
        secureHeaders.write(headers, status, "https".equals(response.scheme()));
        entry.answered(status, headers.contains(HttpHeaders.RETRY_AFTER));
    }
}
