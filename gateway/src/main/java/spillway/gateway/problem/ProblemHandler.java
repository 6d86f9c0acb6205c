package spillway.gateway.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import spillway.gateway.quota.Limits;
import spillway.platform.problem.ProblemType;

/**
 * Turns every exception of an exchange into a problem with one of our types. It stands before Boot's own handler and is
 * the gateway's one catch-all.
 */
@Component
@Order(-2)
final class ProblemHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String UNTYPED = "about:blank";

    private final Problems problems;

    ProblemHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(thrown);
        }
        forgetTheAnswer(exchange.getResponse().getHeaders());
        return switch (thrown) {
            case ErrorResponse known -> {
                known.getHeaders().forEach(exchange.getResponse().getHeaders()::put);
                yield problems.write(exchange, typed(known));
            }
            case AuthenticationServiceException keysOutOfReach -> {
                LOG.warn("Tokens cannot be checked: {}", keysOutOfReach.getMessage());
                exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
                yield problems.write(exchange, ProblemType.UNAVAILABLE.with("Tokens cannot be checked now."));
            }
            case AbortedException hungUp ->
                problems.write(exchange, ProblemType.INVALID_REQUEST.with("The request broke off."));
            default -> {
                LOG.error(
                        "Unexpected failure of {} {}",
                        exchange.getRequest().getMethod(),
                        exchange.getRequest().getPath().value(),
                        thrown);
                yield problems.write(exchange, ProblemType.INTERNAL.with("The failure was logged."));
            }
        };
    }

    /** What a service's answer has set before it broke off belongs to that answer; the caller's quota does not. */
    private static void forgetTheAnswer(HttpHeaders headers) {
        String policy = headers.getFirst(Limits.POLICY);
        String state = headers.getFirst(Limits.STATE);
        headers.clear();
        if (policy != null && state != null) {
            headers.set(Limits.POLICY, policy);
            headers.set(Limits.STATE, state);
        }
    }

    private static ProblemDetail typed(ErrorResponse known) {
        ProblemDetail problem = known.getBody();
        HttpStatusCode status = known.getStatusCode();
        if (status.value() == HttpStatus.NOT_FOUND.value()) {
            return ProblemType.NOT_FOUND.with("Nothing is served on this path.");
        }
        if (problem.getType() == null || UNTYPED.equals(problem.getType().toString())) {
            problem.setType(ProblemType.of(status).uri());
        }
        return problem;
    }
}
