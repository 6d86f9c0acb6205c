package spillway.metrics.receipt;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.counts.Backlog;
import spillway.platform.security.Caller;

/** Follows accepted writes. */
@RestController
class WriteController {

    private final ReadYourWrites writes;
    private final Backlog backlog;

    WriteController(ReadYourWrites writes, Backlog backlog) {
        this.writes = writes;
        this.backlog = backlog;
    }

    /**
     * What became of a write.
     *
     * @param wait how long to wait for it to leave the state accepted
     */
    @GetMapping("/v1/writes/{receipt}")
    WriteStatus status(
            @PathVariable String receipt,
            @RequestParam @DurationFormat(style = DurationFormat.Style.SIMPLE) @Nullable Duration wait,
            Caller caller) {
        Receipt write = writes.of(receipt, caller);
        Progress.Fate fate = writes.fate(write, wait == null ? Duration.ZERO : wait);
        long drain = fate == Progress.Fate.ACCEPTED ? backlog.drainMillis(write.family(), write.partition()) : 0;
        return new WriteStatus(fate.name().toLowerCase(Locale.ROOT), drain);
    }

    /**
     * @param status accepted, applied or rejected
     * @param drainEstimateMillis when an accepted write will probably be applied, 0 for others
     */
    record WriteStatus(String status, long drainEstimateMillis) {}
}
