package spillway.monolith.engagement;

import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.problem.ProblemType;

/** What became of an accepted write. */
@RestController
class WriteController {

    @GetMapping("/v1/writes/{receipt}")
    Write status(@PathVariable String receipt) {
        if (!receipt.equals(Receipt.NAME)) {
            throw new ErrorResponseException(
                    ProblemType.NOT_FOUND.status(), ProblemType.NOT_FOUND.with("There is no such receipt."), null);
        }
        return new Write("applied", 0);
    }

    /** The state of a write, in the platform's form. */
    record Write(String status, long drainEstimateMillis) {}
}
