package spillway.metrics.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The write was handed to the log and no answer came: it may count or not (invariant I1). */
public final class OutcomeUnknown extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(@Nullable Throwable cause) {
        super(
                ProblemType.OUTCOME_UNKNOWN.status(),
                ProblemType.OUTCOME_UNKNOWN.with(
                        "The log did not confirm the write in time; sending it again is safe."),
                cause);
    }
}
