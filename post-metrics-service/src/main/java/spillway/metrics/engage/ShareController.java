package spillway.metrics.engage;

import jakarta.validation.constraints.Pattern;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import spillway.events.v1.Engagement.Operation;
import spillway.metrics.engage.Acceptance.Accepted;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** Shares of a post; a user may share it many times. */
@RestController
class ShareController {

    private final Acceptance acceptance;

    ShareController(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** @param key makes repeated sends of one share count once */
    @PostMapping("/v1/posts/{id}/shares")
    ResponseEntity<Accepted> share(
            @PathVariable PostId id,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = "[\\x21-\\x7e]{1,255}", message = "must be 1 to 255 visible ASCII characters") @Nullable String key,
            Caller caller) {
        long share =
                key == null ? ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE) : ShareId.of(caller.user(), key);
        return acceptance.accept(CounterFamily.SHARES, id, caller, share, Operation.ADD);
    }
}
