package spillway.platform.problem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns every exception that leaves an MVC handler into a problem with one of our types, and validation failures into a
 * list {@code errors} of field and message. It is the request threads' boundary, the one place with a catch-all.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String UNTYPED = "about:blank";

    @ExceptionHandler(BodyTooLarge.class)
    @Nullable ResponseEntity<Object> bodyTooLarge(BodyTooLarge e, WebRequest request) {
        return respond(e, ProblemType.TOO_LARGE.with(e.getMessage()), request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        return respond(e, ProblemType.INTERNAL.with("The failure was logged."), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Map<String, String>> errors = e.getBindingResult().getFieldErrors().stream()
                .map(error -> error(error.getField(), error))
                .toList();
        return invalid(e, errors, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Map<String, String>> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> error(
                                error instanceof FieldError field
                                        ? field.getField()
                                        : String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                error)))
                .toList();
        return invalid(e, errors, headers, request);
    }

    private @Nullable ResponseEntity<Object> invalid(
            Exception e, List<Map<String, String>> errors, HttpHeaders headers, WebRequest request) {
        ProblemDetail problem = ProblemType.INVALID_REQUEST.with("Some fields are not valid.");
        problem.setProperty("errors", errors);
        return handleExceptionInternal(e, problem, headers, ProblemType.INVALID_REQUEST.status(), request);
    }

    /** A body that proved too large while it was parsed comes as a message that could not be read. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        BodyTooLarge tooLarge = BodyTooLarge.in(e);
        return tooLarge != null
                ? bodyTooLarge(tooLarge, request)
                : super.handleHttpMessageNotReadable(e, headers, status, request);
    }

    /** Logs each 500, the framework's own as well: they mean a mistake in a handler's signature or in its answer. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.value() == ProblemType.INTERNAL.status().value()) {
            LOG.error("Unexpected failure of {}", request.getDescription(false), e);
        }
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    /** Every answer passes here last: the framework's own problems get our type for their status. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && isUntyped(problem)) {
            problem.setType(ProblemType.of(status).uri());
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> respond(Exception e, ProblemDetail problem, WebRequest request) {
        return handleExceptionInternal(
                e, problem, new HttpHeaders(), HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static boolean isUntyped(ProblemDetail problem) {
        return problem.getType() == null || UNTYPED.equals(problem.getType().toString());
    }

    private static Map<String, String> error(String field, MessageSourceResolvable error) {
        String message = error.getDefaultMessage();
        return Map.of("field", field, "message", message == null ? "is not valid" : message);
    }
}
