package spillway.content.reshard;

import java.io.Serial;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/** What was asked of a reshard does not fit; nothing has been moved. */
final class ReshardRefused extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1L;

    ReshardRefused(ProblemType type, String why) {
        super(type.status(), type.with(why), null);
    }
}
