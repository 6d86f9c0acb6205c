package spillway.metrics.receipt;

import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The token is not a receipt of the caller's. */
final class UnknownReceipt extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    UnknownReceipt() {
        super(ProblemType.NOT_FOUND.status(), ProblemType.NOT_FOUND.with("There is no such receipt of yours."), null);
    }
}
