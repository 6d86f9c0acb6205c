package spillway.platform.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What can go wrong, as clients see it: a stable {@code type} URI, a title and the status it comes with. */
public enum ProblemType {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid bearer token is needed"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The token does not allow this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such resource"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource does not have this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
    /** It never arrived whole; what had come of a write may have been enough for it, as a like needs no body. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request did not arrive in time"),
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request line is too long"),
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
    IDEMPOTENCY_IN_FLIGHT(HttpStatus.CONFLICT, "The same Idempotency-Key is still being worked on"),
    CONFLICT(HttpStatus.CONFLICT, "The state of the resource does not allow this"),
    VERSION_CONFLICT(HttpStatus.PRECONDITION_FAILED, "The resource has another version"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
    IDEMPOTENCY_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used with another body"),
    PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "An If-Match header is needed"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed"),
    /** Refused before any effect: safe to send again. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot take this now"),
    /** The write may or may not have happened (invariant I1): send it again with the same Idempotency-Key. */
    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "The outcome of the write is unknown"),
    /** The caller stopped waiting before anything was done: safe to send again. */
    DEADLINE_EXPIRED(HttpStatus.SERVICE_UNAVAILABLE, "The caller's deadline passed before anything was done"),
    DEADLINE_EXCEEDED(HttpStatus.GATEWAY_TIMEOUT, "The deadline passed");

    private final HttpStatus status;
    private final String title;
    private final URI uri;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
        this.uri = URI.create(
                "urn:spillway:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    public URI uri() {
        return uri;
    }

    /** A problem of this type; {@code detail} is shown to the caller, so it names nothing internal. */
    public ProblemDetail with(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(uri);
        problem.setTitle(title);
        if (this == OUTCOME_UNKNOWN) {
            problem.setProperty("outcome", "unknown");
        }
        return problem;
    }

    /** The general type of a status that a framework chose: the first one declared with it, else by its class. */
    public static ProblemType of(HttpStatusCode status) {
        for (ProblemType type : values()) {
            if (type.status.value() == status.value()) {
                return type;
            }
        }
        return status.is4xxClientError() ? INVALID_REQUEST : INTERNAL;
    }
}
