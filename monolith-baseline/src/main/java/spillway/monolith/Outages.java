package spillway.monolith;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import spillway.platform.problem.ProblemType;

/**
 * What clients hear when the database does not answer (invariant I1): no connection means that nothing happened; a
 * connection lost on the way (seen where the transaction ends) leaves a write's outcome unknown.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        CannotGetJdbcConnectionException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<ProblemDetail> refused(Exception e) {
        return answer(e, ProblemType.UNAVAILABLE, "The database takes no more work at the moment.");
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        JpaSystemException.class,
        TransactionSystemException.class
    })
    ResponseEntity<ProblemDetail> lost(Exception e, HttpServletRequest request) {
        if (hadNoConnection(e)) {
            return refused(e);
        }
        boolean read = HttpMethod.GET.matches(request.getMethod());
        return read
                ? answer(e, ProblemType.UNAVAILABLE, "The database did not answer.")
                : answer(e, ProblemType.OUTCOME_UNKNOWN, "The database did not confirm the write.");
    }

    /** A connection is had for a whole transaction, so without one it has not begun. */
    private static boolean hadNoConnection(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }

    private static ResponseEntity<ProblemDetail> answer(Exception e, ProblemType type, String detail) {
        LOG.warn("{}: {}", detail, e.getMessage());
        return ResponseEntity.status(type.status())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(type.with(detail));
    }
}
