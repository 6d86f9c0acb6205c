package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import spillway.platform.problem.ProblemType;

/**
 * What the service says of a write that it did not take.
 *
 * @param index of the write in the batch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Refusal(
        int index,
        int status,
        @Nullable String type,
        @Nullable String detail) {

    Reply.Refused reply() {
        ProblemType problem = problem();
        return new Reply.Refused(problem, detail == null ? problem.title() : detail);
    }

    /** A 503 that does not say that nothing was done may have been done (invariant I1). */
    private ProblemType problem() {
        return Arrays.stream(ProblemType.values())
                .filter(known -> known.uri().toString().equals(type))
                .findAny()
                .orElseGet(() -> status == ProblemType.OUTCOME_UNKNOWN.status().value()
                        ? ProblemType.OUTCOME_UNKNOWN
                        : ProblemType.of(HttpStatusCode.valueOf(status)));
    }
}
