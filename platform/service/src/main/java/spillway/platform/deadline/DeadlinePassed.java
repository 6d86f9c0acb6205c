package spillway.platform.deadline;

import java.io.Serial;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** The caller stopped waiting before anything was done: a read is too late, a write never happens. */
public final class DeadlinePassed extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Callers that expired together must not come back together. */
    private static final int LATEST_RETRY_SECONDS = 3;

    DeadlinePassed(Deadline.Kind kind, @Nullable Throwable cause) {
        super(type(kind).status(), type(kind).with(detail(kind)), cause);
        if (kind == Deadline.Kind.WRITE) {
            int seconds = ThreadLocalRandom.current().nextInt(1, LATEST_RETRY_SECONDS + 1);
            getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        }
    }

    private static ProblemType type(Deadline.Kind kind) {
        return switch (kind) {
            case READ -> ProblemType.DEADLINE_EXCEEDED;
            case WRITE -> ProblemType.DEADLINE_EXPIRED;
        };
    }

    private static String detail(Deadline.Kind kind) {
        return switch (kind) {
            case READ -> "There was no answer within the " + Deadline.HEADER + " of the request.";
            case WRITE ->
                "The " + Deadline.HEADER + " of the request had passed before anything was done; nothing was written.";
        };
    }
}
